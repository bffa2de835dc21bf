# ruff: noqa: E501
"""Texts that would run something in a reader's browser, if they were let: Markdown, HTML and SVG."""

from itertools import product

RUN = "ran({})"
"""What each text tries to call; the number says which text it was."""

HANDLED = [
    "img src=x onerror", "svg onload", "body onload", "video src=x onerror", "audio src=x onerror", "details open ontoggle",
    "input autofocus onfocus", "select autofocus onfocus", "textarea autofocus onfocus", "button autofocus onfocus",
    "iframe onload", "object data=x onerror", "marquee onstart", "video><source onerror", "a href=x tabindex=1 autofocus onfocus",
    "style onload", "link rel=stylesheet href=x onerror", "form autofocus tabindex=1 onfocus", "div style=animation-name:x onanimationstart",
    "p tabindex=1 autofocus onfocus", "svg><animate attributeName=x dur=1ms onbegin", "svg><set attributeName=x onbegin",
    "math><mtext><img src=x onerror", "table background=x onload", "embed src=x onload",
]  # fmt: skip
"""Elements with the name of the attribute that runs something."""
WRITTEN = ['<{0}="{1}">', "<{0}='{1}'>", "<{0}={1}>", "<{0} = {1} //"]

ADDRESSES = [
    "javascript:{}", "JaVaScRiPt:{}", " javascript:{}", "java\tscript:{}", "java&#10;script:{}", "&#106;avascript:{}",
    "&#x6A&#x61&#x76&#x61script:{}", "javascript&colon;{}", "\x01javascript:{}", "vbscript:{}", "data:text/html,<script>{}</script>",
    "data:image/svg+xml,<svg onload={}>", "javascript://%0a{}", "jav&Tab;ascript:{}", "feed:javascript:{}", "blob:javascript:{}",
]  # fmt: skip
LINKED = [
    "[words]({})", "[words](<{}>)", "![picture]({})", '<a href="{}">words</a>', "[words][ref]\n\n[ref]: {}", "<{}>",
    '<iframe src="{}"></iframe>', '<form action="{}"><button>words</button></form>', '<svg><a xlink:href="{}"><text>words</text></a></svg>',
]  # fmt: skip

SCRIPTS = r"""
<script>{}</script>
<SCRIPT>{}</SCRIPT>
<script src=data:text/javascript,{}></script>
<script type=module>{}</script>
<script\n>{}</script\n>
<scr<script>ipt>{}</scr</script>ipt>
<svg><script>{}</script></svg>
<svg><script href=data:,{} /></svg>
<math><script>{}</script></math>
</title><script>{}</script>
</textarea><script>{}</script>
</script><script>{}</script>
</style><script>{}</script>
</noscript><script>{}</script>
</template><script>{}</script>
--><script>{}</script>
]]><script>{}</script>
<!--><script>{}</script>-->
<![CDATA[<script>{}</script>]]>
<plaintext><script>{}</script>
<noscript><p title="</noscript><script>{}</script>">
<xmp><p title="</xmp><script>{}</script>">
<select><template><script>{}</script></template></select>
<iframe srcdoc="<script>parent.{}</script>"></iframe>
<iframe srcdoc="&lt;script&gt;parent.{}&lt;/script&gt;"></iframe>
<object data="data:text/html,<script>{}</script>"></object>
<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>">
<meta http-equiv=refresh content="0;url=javascript:{}">
<base href="javascript:{}//">
<link rel=import href="data:text/html,<script>{}</script>">
""".strip()

BROKEN_OUT = r"""
" onmouseover="{}
' onfocus='{}' autofocus='
" autofocus onfocus={} x="
"><img src=x onerror={}>
'><img src=x onerror={}>
`><img src=x onerror={}>
"/><svg/onload={}>
x" style="animation-name:x" onanimationstart="{}
[words](/library "title\\" onmouseover=\\"{}")
![alt" onerror="{}](x)
![alt](x" onerror="{})
![alt](x 'title" onerror="{}')
words {{: onclick="{}" }}
# heading {{: onmouseover="{}" #id }}
[words](/library){{: onclick="{}" }}
![alt](x){{: onerror="{}" }}
- item\n{{: onclick="{}" }}
```"><img src=x onerror={}>\ncode\n```
```{{.python onclick="{}"}}\ncode\n```
!!! note "title\\" onclick=\\"{}"\n    words
!!! "><img src=x onerror={}>" "title"\n    words
[^"onclick="{}"]: note\n\nwords[^"onclick="{}"]
term\n: meaning <img src=x onerror={}>
| a <img src=x onerror={}> | b |\n| --- | --- |\n| c | d |
`<img src=x onerror={}>`
    <img src=x onerror={}>
<http://example.org/"onmouseover="{}">
<a@example.org"onmouseover="{}">
http://example.org/"onmouseover="{}
[a]: /x "y\\" onclick=\\"{}"\n[words][a]
""".strip()

CONFUSED = r"""
<svg><style><img src=x onerror={}></style></svg>
<math><mtext><table><mglyph><style><img src=x onerror={}></style></mglyph></table></mtext></math>
<svg></p><style><a id="</style><img src=x onerror={}>"></style></svg>
<math><mi><style><img src=x onerror={}></style></mi></math>
<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror={} src=x>">
<svg><foreignObject><img src=x onerror={}></foreignObject></svg>
<svg><desc><img src=x onerror={}></desc></svg>
<svg><title><img src=x onerror={}></title></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='{}'/></svg>#x"/></svg>
<svg><image href=x onerror={}></svg>
<svg><animate attributeName=href values="javascript:{}" /><a><text>words</text></a></svg>
<svg><a><animate attributeName=href values=javascript:{} /><text x=20 y=20>words</text></a></svg>
<svg><set attributeName=onmouseover to={} /></svg>
<math href="javascript:{}">words</math>
<math><maction actiontype=statusline xlink:href="javascript:{}">words</maction></math>
<table><td background="javascript:{}">
<noembed><img title="</noembed><img src=x onerror={}>"></noembed>
<textarea><img title="</textarea><img src=x onerror={}>"></textarea>
<title><img title="</title><img src=x onerror={}>"></title>
<img src=x onerror={}
<img src=x onerror={} <b>
<<img src=x onerror={}>>
<img/src=x/onerror={}>
<img\x0csrc=x\x0conerror={}>
<img src=x\u2028onerror={}>
<img src=x oNeRrOr={}>
<img src="x` `<script>{}</script>"` `>
<image src=x onerror={}>
<x onclick={}>words</x>
<x contenteditable onblur={}>words</x>
<custom-element onpointerenter={}>words</custom-element>
&lt;img src=x onerror={}&gt;
&amp;lt;img src=x onerror={}&amp;gt;
%3Cimg%20src%3Dx%20onerror%3D{}%3E
\\u003cimg src=x onerror={}\\u003e
+ADw-script+AD4-{}+ADw-/script+AD4-
\u202e>{}=rorreno x=crs gmi<
\ufeff<img src=x onerror={}>
<style>@import "javascript:{}";</style>
<div style="background:url(javascript:{})">words</div>
<div style="width:expression({})">words</div>
<link rel=stylesheet href="javascript:{}">
{{{{constructor.constructor('{}')()}}}}
{{{{ self.__init__.__globals__ }}}}<img src=x onerror={}>
{{% raw %}}<img src=x onerror={}>{{% endraw %}}
${{{}}}
';{}//
";{}//
`;{}//
\\';{}//
</script><svg onload={}>
'-{}-'
\\x3cscript\\x3e{}\\x3c/script\\x3e
<details open ontoggle={}><summary>words</summary></details>
<dialog open onclose={}>words</dialog>
<input type=image src=x onerror={}>
<isindex type=image src=x onerror={}>
<button popovertarget=x>words</button><div popover id=x onbeforetoggle={}>words</div>
<video poster=javascript:{}></video>
<img srcset="x 1x" onerror={}>
<picture><source srcset=x><img onerror={} src=x></picture>
<a href="#" onclick={} id=main>words</a>
<a id=location href="javascript:{}">words</a><form name=body id=csrf-token content=x>
""".strip()

NEWER = r"""
[words](/library){{: href="javascript:{}" }}
[words](/library){{: formaction="javascript:{}" }}
![alt](x){{: srcset="x 1x" onerror="{}" }}
![alt](x){{: style="animation-name:x" onanimationstart="{}" }}
words {{: .x onclick={} }}
# <img src=x onerror={}>\n\n[TOC]
# heading {{: #"><img/src=x/onerror={}> }}\n\n[TOC]
words[^<img/src=x/onerror={}>]\n\n[^<img/src=x/onerror={}>]: note
words[^1]\n\n[^1]: note <img src=x onerror={}>
| [a](javascript:{}) | b |\n| --- | --- |\n| c | d |
> [words](javascript:{})
1. [words](<java\tscript:{}>)
[**words** <img src=x onerror={}>](/library)
[words](/library/known "<img src=x onerror={}>")
![<img src=x onerror={}>](/files/0000000000000000000000000000000000000000000000000000000000000000/a.png)
<a href="/files/0000000000000000000000000000000000000000000000000000000000000000/a.png" title="><script>{}</script>">words</a>
<a href="/library/known" title='" onmouseover="{}" x="'>words</a>
<p title="</p><a href='javascript:{}'>">words</p>
<h2 id="for-colleagues"><img src=x onerror={}></h2>
<div class="footnote"><hr><ol><li id="fn:1"><img src=x onerror={}></li></ol></div>
<template shadowrootmode=open><img src=x onerror={}></template>
<div><template shadowrootmode=open><slot></slot><script>{}</script></template></div>
<?xml-stylesheet type="text/xsl" ?><img src=x onerror={}>
<?x ><img src=x onerror={}>?>
<!--[if true]><img src=x onerror={}><![endif]-->
<!--!><img src=x onerror={}>
<!-- --!><img src=x onerror={}> -->
<math><annotation-xml encoding="text/html"><img src=x onerror={}></annotation-xml></math>
<svg><annotation-xml encoding="text/html"><style><img src=x onerror={}></style></annotation-xml></svg>
<svg><foreignObject><iframe srcdoc="<script>parent.{}</script>"></iframe></foreignObject></svg>
<svg><style>&lt;img src=x onerror={}&gt;</style></svg>
<svg><a><animate attributeName=href to=javascript:{} begin=0s fill=freeze /><text>words</text></a></svg>
<div style="content-visibility:auto" oncontentvisibilityautostatechange={}>words</div>
<div onscrollend={} style="overflow:auto;block-size:10px" tabindex=1 autofocus>words</div>
<button commandfor=x command=show-modal autofocus onfocus={}>words</button>
<input type=hidden oncontentvisibilityautostatechange={} style=content-visibility:auto>
<body onpageshow={}>
<body onhashchange={} onload={}>
<object type="text/x-scriptlet" data="javascript:{}"></object>
<a href="javascript:{}" ping="javascript:{}">words</a>
<form id=x></form><button form=x formaction="javascript:{}">words</button>
<img src="data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>">
<area href="javascript:{}" shape=default><map name=x><area href="javascript:{}"></map>
""".strip()
DEEP = ["<div>" * 600 + "<svg><style><img src=x onerror={}>", "<b>" * 600 + "<math><mtext><img src=x onerror={}>"]
"""Deeper than browsers nest, where what was inside ends up elsewhere."""


def _number(texts: list[str]) -> list[str]:
    return [text.replace("{}", RUN.format(number)) for number, text in enumerate(texts)]


def _lines(texts: str) -> list[str]:
    return [line.encode().decode("unicode_escape").replace("{{", "{").replace("}}", "}") for line in texts.split("\n")]


def _written() -> list[str]:
    handled = [way.format(element, "{}") for element, way in product(HANDLED, WRITTEN)]
    linked = [way.format(address) for address, way in product(ADDRESSES, LINKED[:5])]
    linked += [way.format(address) for address, way in product(ADDRESSES[:6], LINKED[5:])]
    return [*handled, *linked, *_lines(f"{SCRIPTS}\n{BROKEN_OUT}\n{CONFUSED}\n{NEWER}"), *DEEP]


TEXTS = _number(_written())
"""All of them."""
