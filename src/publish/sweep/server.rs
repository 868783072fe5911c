//! Files for the web server: a dead case's address answers 410, with its own notice as the body.
//!
//! Every server first finds the case's name in the address, then looks it up: the cost of a request does
//! not grow with the number of takedowns. Names are eight letters and figures, so nothing needs quotes.

use super::Gone;

/// The address of a case in the three spellings that reach it; the one group is its name.
fn pattern(base: &str) -> String {
    format!(
        "^{}shihou/(?:chufa|jiancha)/[0-9]+/([a-z0-9]+)(?:/|/index\\.html|\\.html)?$",
        quoted(base)
    )
}

/// Text as a regular expression that matches just that.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_');
    text.chars().map(|c| if plain(c) { c.to_string() } else { format!("\\{c}") }).collect()
}

/// One line for each dead case.
fn lines(base: &str, gone: &[Gone], line: impl Fn(&str, &str) -> String) -> String {
    gone.iter().map(|case| line(&case.name, &format!("{base}{}index.html", case.body))).collect()
}

/// nginx: two maps for the `http` block.
pub(super) fn nginx_maps(base: &str, gone: &[Gone]) -> String {
    format!(
        "# 已撤下、期满的案件。放入 http 块：include gongshi-gone.map.conf;\n\
         map $uri $gongshi_case {{\n    default \"\";\n    \"~{}\" $1;\n}}\n\
         map $gongshi_case $gongshi_gone {{\n    default \"\";\n{}}}\n",
        pattern(base),
        lines(base, gone, |name, body| format!("    {name} {body};\n")),
    )
}

/// nginx: what goes into the `server` block.
pub(super) fn nginx_server(base: &str) -> String {
    format!(
        "# 放入 server 块：include gongshi-gone.server.conf;\n\
         error_page 410 @gongshi_gone;\n\
         if ($gongshi_gone) {{ return 410; }}\n\
         location @gongshi_gone {{\n    \
             add_header X-Robots-Tag noindex always;\n    \
             add_header Cache-Control no-store always;\n    \
             try_files $gongshi_gone {base}410.html =410;\n}}\n"
    )
}

/// Apache: the lookup that `RewriteMap` reads. `ErrorDocument` takes a page only where its text begins
/// with a slash, so the slash stands there and not here.
pub(super) fn apache_map(base: &str, gone: &[Gone]) -> String {
    lines(base, gone, |name, body| format!("{name} {}\n", body.trim_start_matches('/')))
}

/// Apache: what goes into the virtual host.
pub(super) fn apache_host(base: &str) -> String {
    format!(
        "# 放入 VirtualHost（需要 mod_rewrite、mod_headers，2.4.13 以上）；第二行写 gongshi-gone.map.txt 的实际位置\n\
         RewriteEngine On\n\
         RewriteMap gongshi-gone \"txt:/etc/apache2/gongshi-gone.map.txt\"\n\
         RewriteCond %{{ENV:REDIRECT_STATUS}} ^$\n\
         RewriteCond %{{REQUEST_URI}} \"{}\"\n\
         RewriteCond ${{gongshi-gone:%1}} ^(.+)$\n\
         RewriteRule ^ - [E=GONGSHI_GONE:%1,R=410,L]\n\
         ErrorDocument 410 \"/%{{reqenv:GONGSHI_GONE}}\"\n\
         Header always set X-Robots-Tag noindex env=REDIRECT_GONGSHI_GONE\n\
         Header always set Cache-Control no-store env=REDIRECT_GONGSHI_GONE\n",
        pattern(base)
    )
}

/// Caddy: what goes into the site's block.
pub(super) fn caddy(base: &str, gone: &[Gone]) -> String {
    format!(
        "# 放入站点块：import gongshi-gone.caddy\n\
         map {{path}} {{gongshi_case}} {{\n\t~{} \"${{1}}\"\n\tdefault \"\"\n}}\n\
         map {{gongshi_case}} {{gongshi_gone}} {{\n{}\tdefault \"\"\n}}\n\
         @gongshi_gone expression `{{gongshi_gone}} != \"\"`\n\
         handle @gongshi_gone {{\n\
             \theader X-Robots-Tag noindex\n\
             \theader Cache-Control no-store\n\
             \trewrite * {{gongshi_gone}}\n\
             \tfile_server {{\n\t\tstatus 410\n\t\tdisable_canonical_uris\n\t}}\n}}\n",
        pattern(base),
        lines(base, gone, |name, body| format!("\t{name} {body}\n")),
    )
}

/// IIS with URL Rewrite: sections of `web.config`. Every dead address shows the one page `410.html`.
pub(super) fn iis(base: &str, gone: &[Gone]) -> String {
    format!(
        "<!-- 并入 web.config 的 system.webServer；需要 URL Rewrite 模块。各地址共用 410.html -->\n\
         <rewrite>\n  <rewriteMaps>\n    <rewriteMap name=\"GongshiGone\" defaultValue=\"\">\n{}    \
         </rewriteMap>\n  </rewriteMaps>\n  <rules>\n    <rule name=\"gongshi-gone\" stopProcessing=\"true\">\n      \
         <match url=\"^shihou/(?:chufa|jiancha)/[0-9]+/([a-z0-9]+)(?:/|/index\\.html|\\.html)?$\" />\n      \
         <conditions><add input=\"{{GongshiGone:{{R:1}}}}\" pattern=\".+\" /></conditions>\n      \
         <action type=\"CustomResponse\" statusCode=\"410\" subStatusCode=\"0\" statusReason=\"Gone\" />\n    \
         </rule>\n  </rules>\n</rewrite>\n\
         <httpErrors errorMode=\"Custom\" existingResponse=\"Replace\">\n  <remove statusCode=\"410\" />\n  \
         <error statusCode=\"410\" path=\"{base}410.html\" responseMode=\"ExecuteURL\" />\n</httpErrors>\n",
        lines(base, gone, |name, body| format!("      <add key=\"{name}\" value=\"{body}\" />\n")),
    )
}
