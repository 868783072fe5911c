// The kinds of pages that must be there: the first address that matches stands for its kind.
// Must not open any of them.

/** Name, address, and whether it is a sheet made to be printed. */
export const KINDS = [
  { name: "home", at: /^$/ },
  { name: "after-enforcement", at: /^shihou\/$/ },
  { name: "penalties", at: /^shihou\/chufa\/$/ },
  { name: "penalties-of-a-year", at: /^shihou\/chufa\/\d{4}\/$/ },
  { name: "penalty", at: /^shihou\/chufa\/\d{4}\/[a-z0-9]{8}\/$/ },
  { name: "penalties-of-a-month", at: /^shihou\/chufa\/\d{4}\/\d\d\/$/ },
  { name: "penalties-of-a-subject", at: /^shihou\/chufa\/\d{4}\/shiyou\/[a-z]+\/$/ },
  { name: "search", at: /^sousuo\/$/ },
  { name: "search-by-letter", at: /^sousuo\/[a-z]\/$/ },
  { name: "inspections-of-a-year", at: /^shihou\/jiancha\/\d{4}\/$/ },
  { name: "inspection", at: /^shihou\/jiancha\/\d{4}\/[a-z0-9]{8}\/$/ },
  { name: "register-of-takedowns", at: /^chexia\/$/ },
  { name: "notice", at: /^chexia\/[a-z0-9]{8}\/$/ },
  { name: "corrections", at: /^gengzheng\/$/ },
  { name: "public-log", at: /^rizhi\/$/ },
  { name: "statistics-index", at: /^tongji\/$/ },
  { name: "statistics", at: /^tongji\/\d{4}\/$/ },
  { name: "staff", at: /^renyuan\/$/ },
  { name: "officer", at: /^p\/[a-z0-9_-]+\/$/ },
  { name: "placards", at: /^renyuan\/gongshipai\/$/, sheet: true },
  { name: "placards-wall-cards", at: /^renyuan\/gongshipai\/ka\/$/, sheet: true },
  { name: "placards-desk", at: /^renyuan\/gongshipai\/zhuopai\/$/, sheet: true },
  { name: "flows", at: /^liucheng\/$/ },
  { name: "flow", at: /^liucheng\/[a-z0-9-]+\/$/ },
  { name: "before-enforcement", at: /^shiqian\/$/ },
  { name: "units", at: /^shiqian\/zhuti\/$/ },
  { name: "discretion", at: /^shiqian\/cailiang\/$/ },
  { name: "bases", at: /^shiqian\/yiju\/$/ },
  { name: "guides", at: /^shiqian\/fuwu\/$/ },
  { name: "remedies", at: /^shiqian\/jiuji\/$/ },
  { name: "during-enforcement", at: /^shizhong\/$/ },
  { name: "about", at: /^guanyu\/$/ },
  { name: "help", at: /^bangzhu\/$/ },
  { name: "access", at: /^wuzhangai\/$/ },
  { name: "complaints", at: /^jubao\/$/ },
  { name: "open-data", at: /^shuju\/$/ },
];

/** Pages no link leads to: what stands at a dead address, and the two of the server. */
export const UNLINKED = [
  { name: "not-found", path: "404.html" },
  { name: "gone", path: "410.html" },
];
