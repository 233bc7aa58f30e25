#!/usr/bin/env python3
"""Every mistake that tools/tmplc.py must refuse, with the line it must name."""
import os
import subprocess
import sys
import tempfile

TMPLC = sys.argv[1]
V = '{% view v(str s) %}\n'

# (what, template after V, expected text; None: must pass)
CASES = [
    ('plain text', '<p>{{ s }}</p>', None),
    ('a value in an unquoted attribute', '<p title={{ s }}>x</p>', 'title must be quoted'),
    ('an unquoted attribute', '<p title=x>x</p>', 'title must be quoted'),
    ('a value as a tag', '<{{ s }}>x', 'write &lt;'),
    ('a value as part of a tag', '<h{{ s }}>x', 'in text or inside a quoted attribute'),
    ('a value as an attribute', '<p {{ s }}>x</p>', 'in text or inside a quoted attribute'),
    ('a value as part of a name', '<p a{{ s }}="x">x</p>', 'in text or inside a quoted attribute'),
    ('a handler', '<p onclick="x()">x</p>', 'onclick: no script'),
    ('a handler in capitals', '<p OnClick="x()">x</p>', 'onclick: no script'),
    ('an inline style', '<p style="color:red">x</p>', 'style: styles stand'),
    ('a style element', '<style>p{}</style>', '<style>'),
    ('an inline script', '<script>x()</script>', '<script>: only with src'),
    ('a value in a script', '<script src="/x.js">{{ s }}</script>', 'in text or inside'),
    ('text in a script', '<script src="/x.js">x()</script>', 'nothing may stand inside <script>'),
    ('a script from a file', '<script src="/x.js" defer></script>', None),
    ('a frame', '<iframe src="/x"></iframe>', '<iframe>'),
    ('a javascript link', '<a href="javascript:x()">x</a>', 'only http'),
    ('a hidden javascript link', '<a href=" JavaScript:x()">x</a>', 'only http'),
    ('a data link', '<a href="data:x">x</a>', 'only http'),
    ('a link to another host', '<a href="//x.example">x</a>', 'only http'),
    ('a value after a scheme', '<a href="java{{ s }}">x</a>', 'could change where the link goes'),
    ('a value in a host', '<a href="https://{{ s }}/">x</a>', 'could change where'),
    ('a value in a path', '<a href="https://x.example/{{ s }}">x</a>', None),
    ('a literal form', '<form method="post" action="/x"></form>', 'write {% form'),
    ('a form with another method', '{% form PUT /x %}{% end %}', 'expected {% form GET|POST'),
    ('a form closed by hand', '{% form POST /x %}</form>{% end %}', '</form> but <form-x>'),
    ('an image without alt', '<img src="/x">', '<img> without alt'),
    ('a button without type', '<button>x</button>', '<button> without type'),
    ('an element not closed', '<p><b>x</p>', '</p> but <b> is open'),
    ('a view that ends inside an element', '<div>', 'ends inside <div>'),
    ('a block not closed', '{% if s.n %}x', 'is not closed'),
    ('an end too many', '{% end %}', 'closes nothing'),
    ('an else outside an if', '{% else %}', 'not inside {% if %}'),
    ('branches that differ', '{% if s.n %}<p>{% else %}<div>{% end %}', 'opens or closes what'),
    ('a loop that leaves an element open', '{% for x in l %}<p>{% end %}', 'does not close'),
    ('a branch that ends inside a tag', '<p{% if s.n %} title="{% end %}">x</p>', 'does not close'),
    ('an unknown statement', '{% while x %}', 'unknown {% while %}'),
    ('an unknown part', '{{> w(s) }}', 'no view w'),
    ('a part that has a body', '{{> f() }}{% view f() %}{% body %}', 'use {% in %}'),
    ('a frame without a body', '{% in f() %}{% end %}{% view f() %}x', 'no {% body %}'),
    ('a body inside an if', '{% if s.n %}{% body %}{% end %}', 'outside {% if %}'),
    ('two bodies', '{% body %}{% body %}', 'one {% body %} per view'),
    ('a view twice', '{% view v() %}', 'view v exists'),
    ('a bad key', '{{_ "Some words" }}', 'lower-case words'),
    ('a plural without its number', '{{_n "a.b" }}', 'needs the number'),
    ('an HTML comment', '<!-- x -->', 'write &lt;'),
    ('an attribute twice', '<p id="a" id="b">x</p>', 'attribute id twice'),
]


def run(text):
    with tempfile.TemporaryDirectory() as d:
        os.makedirs(d + '/views')
        open(d + '/views/x.html', 'w').write(text)
        p = subprocess.run([sys.executable, TMPLC, '--views', d + '/views', '--name', 't', '--c',
                            d + '/t.c', '--h', d + '/t.h'], capture_output=True, text=True)
        return p.returncode, p.stderr


def main():
    bad = 0
    for what, text, expected in CASES:
        code, said = run(V + text)
        good = code == 0 if expected is None else code != 0 and expected in said
        if not good or 'Traceback' in said or (expected and 'x.html:2: error' not in said):
            bad += 1
            print('%s: expected %r, got %d %s' % (what, expected, code, said))
    code, said = run('x' + V)
    if 'before {% view' not in said:
        bad += 1
    print('%d cases, %d wrong' % (len(CASES) + 1, bad))
    sys.exit(bad != 0)


main()
