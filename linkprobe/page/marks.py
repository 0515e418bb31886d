"""Structural marks: products and patterns that show in source and headers, whatever language the page speaks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkprobe.page.parts import Mark, MarkKind

LIMIT = 600_000
"""Characters of source that are searched."""


class Shape(NamedTuple):
    """A piece of source that only one product or pattern leaves. Lower case; `example` must contain it."""

    kind: MarkKind
    name: str
    piece: str
    source: str


_C, _W = MarkKind.CHALLENGE, MarkKind.CAPTCHA
_CF = "https://developers.cloudflare.com/cloudflare-challenges/"
SHAPES: tuple[Shape, ...] = (
    Shape(_C, "cloudflare", "cf_chl_opt", _CF),
    Shape(_C, "cloudflare", "/cdn-cgi/challenge-platform/h/", _CF),
    Shape(_C, "cloudflare", "__cf_chl_", _CF),
    Shape(_C, "cloudflare", "/cdn-cgi/l/chk_", _CF),
    Shape(_C, "cloudflare", "jschl_vc", _CF),
    Shape(_C, "cloudflare", "cf-browser-verification", _CF),
    Shape(_C, "cloudflare", "challenge-error-text", _CF),
    Shape(_C, "cloudflare", "__cf$cv$params", _CF),
    Shape(_C, "datadome", "captcha-delivery.com", "https://docs.datadome.co/docs/challenge-page"),
    Shape(_C, "perimeterx", 'id="px-captcha"', "https://docs.humansecurity.com/applications/captcha-page"),
    Shape(_C, "perimeterx", "_pxappid", "https://docs.humansecurity.com/applications/captcha-page"),
    Shape(_C, "akamai", "sec-if-cpt-container", "https://techdocs.akamai.com/bot-manager/docs/handle-adversarial-bots"),
    Shape(_C, "akamai", "bm-verify", "https://techdocs.akamai.com/bot-manager/docs/handle-adversarial-bots"),
    Shape(_C, "imperva", "_incapsula_resource", "https://docs.imperva.com/bundle/cloud-application-security"),
    Shape(_C, "aliyun", "acw_sc__v2", "https://help.aliyun.com/zh/waf/"),
    Shape(_C, "aliyun", "aliyun_waf", "https://help.aliyun.com/zh/waf/"),
    Shape(_C, "tencent", "waf_text_verify", "https://cloud.tencent.com/document/product/627"),
    Shape(
        _C,
        "aws-waf",
        "awswafintegration",
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge.html",
    ),
    Shape(
        _C,
        "aws-waf",
        "gokuprops",
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge.html",
    ),
    Shape(_C, "sucuri", "sucuri_cloudproxy_js", "https://docs.sucuri.net/website-firewall/"),
    Shape(_C, "ddos-guard", "/.well-known/ddos-guard/", "https://ddos-guard.net/en/docs"),
    Shape(_C, "kasada", "kpsdk", "https://docs.kasada.io/"),
    Shape(_C, "anubis", "/.within.website/x/cmd/anubis", "https://anubis.techaro.lol/docs/"),
    Shape(_C, "f5", "/tspd/", "https://my.f5.com/manage/s/article/K000132686"),
    Shape(_C, "vercel", "vercel security checkpoint", "https://vercel.com/docs/vercel-firewall"),
    Shape(_C, "reblaze", "rbzns.challdomain", "https://docs.reblaze.com/"),
    Shape(_C, "yandex", "/checkcaptcha?key=", "https://yandex.cloud/en/docs/smartcaptcha/"),
    Shape(_C, "google", "/sorry/index?continue=", "https://support.google.com/websearch/answer/86640"),
    Shape(_W, "turnstile", "cf-turnstile", "https://developers.cloudflare.com/turnstile/"),
    Shape(_W, "turnstile", "challenges.cloudflare.com/turnstile", "https://developers.cloudflare.com/turnstile/"),
    Shape(_W, "hcaptcha", "h-captcha", "https://docs.hcaptcha.com/"),
    Shape(_W, "hcaptcha", "hcaptcha.com/1/api.js", "https://docs.hcaptcha.com/"),
    Shape(_W, "recaptcha", "g-recaptcha", "https://developers.google.com/recaptcha/docs/display"),
    Shape(_W, "recaptcha", "recaptcha/api.js", "https://developers.google.com/recaptcha/docs/display"),
    Shape(_W, "recaptcha", "recaptcha/api/challenge", "https://developers.google.com/recaptcha/docs/display"),
    Shape(_W, "geetest", "initgeetest", "https://docs.geetest.com/captcha/overview/start/"),
    Shape(_W, "tencent-captcha", "tcaptcha.js", "https://cloud.tencent.com/document/product/1110"),
    Shape(_W, "tencent-captcha", "turing.captcha", "https://cloud.tencent.com/document/product/1110"),
    Shape(_W, "aliyun-captcha", "aliyuncaptcha", "https://help.aliyun.com/zh/captcha/"),
    Shape(_W, "aliyun-captcha", "awsc.js", "https://help.aliyun.com/zh/captcha/"),
    Shape(_W, "smartcaptcha", "smart-captcha", "https://yandex.cloud/en/docs/smartcaptcha/"),
    Shape(_W, "arkose", "arkoselabs", "https://developer.arkoselabs.com/docs"),
    Shape(_W, "friendly", "frc-captcha", "https://docs.friendlycaptcha.com/"),
    Shape(MarkKind.COPY, "clipboard", "data-clipboard-text", "https://clipboardjs.com/"),
    Shape(
        MarkKind.COPY,
        "clipboard",
        "clipboard.writetext",
        "https://developer.mozilla.org/docs/Web/API/Clipboard/writeText",
    ),
    Shape(
        MarkKind.COPY,
        "clipboard",
        "execcommand('copy",
        "https://developer.mozilla.org/docs/Web/API/Document/execCommand",
    ),
    Shape(
        MarkKind.COPY,
        "clipboard",
        'execcommand("copy',
        "https://developer.mozilla.org/docs/Web/API/Document/execCommand",
    ),
    Shape(MarkKind.APP_STORE, "apple", "apps.apple.com/", "https://developer.apple.com/app-store/"),
    Shape(MarkKind.APP_STORE, "apple", "itunes.apple.com/", "https://developer.apple.com/app-store/"),
    Shape(MarkKind.APP_STORE, "google", "play.google.com/store/apps", "https://play.google.com/store/apps"),
    Shape(MarkKind.APP_STORE, "huawei", "appgallery.huawei.com", "https://appgallery.huawei.com/"),
    Shape(MarkKind.APP_STORE, "tencent", "a.app.qq.com/", "https://sj.qq.com/"),
    Shape(MarkKind.APP_STORE, "package", ".apk", "https://developer.android.com/studio/publish"),
    Shape(MarkKind.SERVER_DEFAULT, "plesk", "plesk", "https://www.plesk.com/"),
    Shape(MarkKind.SERVER_DEFAULT, "cpanel", "/cgi-sys/defaultwebpage.cgi", "https://docs.cpanel.net/"),
    Shape(MarkKind.SERVER_DEFAULT, "cpanel", "/img-sys/", "https://docs.cpanel.net/"),
    Shape(MarkKind.SERVER_DEFAULT, "iis", "iisstart", "https://learn.microsoft.com/iis/"),
    Shape(MarkKind.SERVER_DEFAULT, "apache", "/icons/ubuntu-logo", "https://httpd.apache.org/"),
    Shape(MarkKind.SERVER_DEFAULT, "apache", "/icons/openlogo", "https://httpd.apache.org/"),
    Shape(MarkKind.ERROR_STYLE, "squid", "generated by squid", "http://www.squid-cache.org/"),
    Shape(MarkKind.ERROR_STYLE, "squid", "squid_err", "http://www.squid-cache.org/"),
    Shape(MarkKind.ERROR_STYLE, "varnish", "guru meditation", "https://varnish-cache.org/"),
    Shape(
        MarkKind.ERROR_STYLE,
        "cloudflare",
        "cf-error-details",
        "https://developers.cloudflare.com/support/troubleshooting/",
    ),
    Shape(MarkKind.ERROR_STYLE, "nginx", "<hr><center>nginx", "https://nginx.org/"),
    Shape(MarkKind.ERROR_STYLE, "openresty", "<hr><center>openresty", "https://openresty.org/"),
    Shape(MarkKind.ERROR_STYLE, "apache", "<address>apache", "https://httpd.apache.org/"),
    Shape(MarkKind.ERROR_STYLE, "chromium", 'id="main-frame-error"', "https://www.chromium.org/"),
    Shape(MarkKind.ERROR_STYLE, "cloudfront", "generated by cloudfront", "https://docs.aws.amazon.com/cloudfront/"),
    Shape(MarkKind.ERROR_STYLE, "akamai", "errors.edgesuite.net", "https://techdocs.akamai.com/"),
)

_SCHEME = re.compile(r"""["'(=\s]([a-z][a-z0-9.+-]{2,24})$""")
_ERROR_CODE = re.compile(r"""<(?:body|html|div|main|section)\b[^>]{0,200}?\b(?:id|class)=["']?(err_[a-z_]{2,60})\b""")
_NOT_APPS = (
    "ws",
    "wss",
    "ftp",
    "file",
    "blob",
    "data",
    "about",
    "chrome",
    "view-source",
    "http",
    "https",
    "mailto",
    "javascript",
    "resource",
    "urn",
    "xmlns",
    "git",
    "ssh",
    "rtmp",
    "rtsp",
    "mms",
)
_COUNTDOWN = re.compile(
    r"set(?:Interval|Timeout)\s?\([^;]{0,400}?(?:--|-=\s?1|-\s?1\b)|(?:--|-=\s?1)[^}]{0,400}?set(?:Interval|Timeout)",
    re.S,
)

_HEADERS: tuple[tuple[str, str, MarkKind, str], ...] = (
    ("cf-mitigated", "challenge", _C, "cloudflare"),
    ("x-amzn-waf-action", "c", _C, "aws-waf"),
    ("x-dd-b", "", _C, "datadome"),
    ("x-datadome", "protected", _W, "datadome"),
    ("x-sucuri-block", "", MarkKind.ERROR_STYLE, "sucuri"),
    ("x-squid-error", "", MarkKind.ERROR_STYLE, "squid"),
)


def marks(source: str, code: str, headers: tuple[tuple[str, str], ...]) -> tuple[Mark, ...]:
    """All marks of a page, one of each product and pattern. `code` is its inline script."""
    lowered = source[:LIMIT].lower()
    found = (*_from_headers(headers), *_from_shapes(lowered), *_from_patterns(lowered, code[:LIMIT]))
    return tuple({(mark.kind, mark.name): mark for mark in reversed(found)}.values())[::-1]


def _from_headers(headers: tuple[tuple[str, str], ...]) -> Iterator[Mark]:
    for name, value in headers:
        for wanted, start, kind, product in _HEADERS:
            if name.lower() == wanted and value.lower().startswith(start):
                yield Mark(kind, product, f"{name}: {value}"[:120])


def _from_shapes(source: str) -> Iterator[Mark]:
    for shape in SHAPES:
        at = source.find(shape.piece)
        if at >= 0:
            yield Mark(shape.kind, shape.name, _excerpt(source, at))


def _from_patterns(source: str, code: str) -> Iterator[Mark]:
    for piece in source.split("://")[:2000]:
        scheme = _SCHEME.search(piece[-28:])
        if scheme and scheme[1] not in _NOT_APPS:
            yield Mark(MarkKind.APP_SCHEME, scheme[1], piece[-28:].strip() + "://")
            break
    code_found = _ERROR_CODE.search(source)
    if code_found:
        yield Mark(MarkKind.ERROR_CODE, code_found[1], _excerpt(source, code_found.start()))
    ticking = _COUNTDOWN.search(code)
    if ticking:
        yield Mark(MarkKind.COUNTDOWN, "timer", _excerpt(code, ticking.start()))


def _excerpt(source: str, at: int) -> str:
    return " ".join(source[max(0, at - 20) : at + 80].split())
