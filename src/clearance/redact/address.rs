//! How much of an address may stay: province, city, county or district (S2b, S3; domain 10.18).

/// Words that end like a county but are none.
const NO_COUNTY: [&str; 17] = [
    "自治区",
    "地区",
    "小区",
    "社区",
    "校区",
    "园区",
    "库区",
    "景区",
    "片区",
    "厂区",
    "矿区",
    "营区",
    "开发区",
    "工业区",
    "新区",
    "商业区",
    "居民区",
];
/// Counties stand within this many characters of an address.
const COUNTY_WITHIN: usize = 24;
/// A city without a district stands within this many.
const CITY_WITHIN: usize = 12;

/// The bytes of `address` (folded) that may stay, from its beginning; 0 where no county is named.
pub(super) fn county_end(address: &str) -> usize {
    let mut city = 0;
    for (n, (at, c)) in address.char_indices().enumerate().take(COUNTY_WITHIN) {
        let end = at + c.len_utf8();
        let so_far = &address[..end];
        match c {
            '区' | '县' | '旗' if !NO_COUNTY.iter().any(|w| so_far.ends_with(w)) => {
                return if n == 0 { city } else { end };
            }
            '市' | '州' | '盟' if n > 0 && n < CITY_WITHIN => city = end,
            '区' if so_far.ends_with("地区") || so_far.ends_with("自治区") => city = end,
            '省' if n > 0 && n < CITY_WITHIN => city = end,
            '镇' | '乡' | '村' | '路' | '街' | '巷' | '号' | '栋' | '幢' => return city,
            _ => {}
        }
    }
    city
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_county_stays_and_the_rest_goes() {
        for (address, stays) in [
            ("示例省示例市清源区学府路12号3栋", "示例省示例市清源区"),
            ("清源区丁山镇石龙村8组", "清源区"),
            ("内蒙古自治区通辽市科尔沁区大林镇", "内蒙古自治区通辽市科尔沁区"),
            ("贵州省习水县土城镇", "贵州省习水县"),
            ("古南街道天星大道170号", ""),
            ("示例市幸福小区3栋", "示例市"),
            ("阳光小区3栋2单元", ""),
            ("", ""),
        ] {
            assert_eq!(&address[..county_end(address)], stays, "{address}");
        }
    }
}
