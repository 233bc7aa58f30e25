#!/usr/bin/env python3
"""tmplc.py - compiles views/*.html to C functions.

    tmplc.py --views DIR --name views --c OUT.c --h OUT.h --depfile OUT.d

Syntax: views/README.md.  A value is escaped by where it stands in the HTML, and where no
escape is safe it is refused.  Elements must nest, and both branches of an {% if %} must leave
the page in the same place.  Errors name file:line; C errors too (#line).  Standard library only.
"""
import argparse
import os
import re
import sys

VOID = set('area br col hr img input link meta source track wbr'.split())
REFUSED = {'style': 'styles stand in web/style.css', 'iframe': 'no frames', 'object': 'no plugins',
           'embed': 'no plugins', 'base': 'it would move every link',
           'form': 'write {% form METHOD url %} ... {% end %}'}
URL_ATTRS = set('href src action formaction poster cite data xlink:href'.split())
REFUSED_ATTRS = {'style': 'styles stand in web/style.css', 'srcdoc': 'no frames',
                 'srcset': 'not a single URL', 'formaction': 'the form says where it goes'}
SCHEMES = ('http', 'https', 'mailto', 'tel')
TOKEN = re.compile(r'(\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\})', re.S)
NAME = r'[A-Za-z_][A-Za-z0-9_]*'


class Fault(Exception):
    pass


class Place:
    """Where in the HTML the text stands: the whole safety of the templates is here."""

    def __init__(self):
        self.state = 'text'  # text, tag, attr, raw
        self.tag = self.attr = self.quote = self.value = ''
        self.attrs = []
        self.computed = False  # this attribute's value holds an expression already
        self.open = []         # elements to be closed
        self.lines = 0         # of the literal being read, for messages

    def mark(self):
        inside = (self.tag, self.attr, self.quote, self.url_kind())
        return (self.state, inside if self.state != 'text' else None, tuple(self.open))

    def url_kind(self):
        """What an expression here may be: '' not in a URL, else whole, part or unsafe."""
        if self.state != 'attr' or self.attr not in URL_ATTRS:
            return ''
        if self.computed:
            return 'part'
        if not self.value:
            return 'whole'
        safe = re.match(r'(/(?!/)|#|\?|https?://[^/]+/|mailto:|tel:|\.)', self.value)
        return 'part' if safe else 'unsafe'

    def escape(self):
        """The escape for a value that stands here."""
        if self.state == 'text':
            return 'TEXT'
        if self.state != 'attr':
            raise Fault('a value may stand in text or inside a quoted attribute only')
        kind = self.url_kind()
        if kind == 'unsafe':
            raise Fault('a value after "%s" could change where the link goes' % self.value)
        self.computed = True
        return {'': 'ATTR', 'whole': 'URL', 'part': 'PART'}[kind]

    def feed(self, text):
        """Follows literal text; returns what is to be written."""
        out, i = [], 0
        while i < len(text):
            self.lines = text.count('\n', 0, i)
            j = getattr(self, 'in_' + self.state)(text, i)
            out.append(text[i:j])
            i = j
        self.lines = 0
        return ''.join(out)

    def in_text(self, text, i):
        j = text.find('<', i)
        if j < 0:
            return len(text)
        if j > i:
            return j
        m = re.compile(r'<!doctype html>', re.I).match(text, i)
        if m:
            return m.end()
        m = re.compile(r'</([a-zA-Z][\w-]*)\s*>').match(text, i)
        if m:
            return self.close(m.group(1).lower(), m.end())
        m = re.compile(r'<([a-zA-Z][\w-]*)').match(text, i)
        if not m:
            raise Fault('write &lt; for a "<" that opens no element')
        self.state, self.tag, self.attrs = 'tag', m.group(1).lower(), []
        return m.end()

    def close(self, name, end):
        if not self.open or self.open[-1] != name:
            raise Fault('</%s> but <%s> is open' % (name, self.open[-1] if self.open else '-'))
        self.open.pop()
        return end

    def in_tag(self, text, i):
        m = re.compile(r'\s*(/?)>').match(text, i)
        if m:
            self.finish_tag(bool(m.group(1)))
            return m.end()
        m = re.compile(r'\s+').match(text, i)
        if m and m.end() == len(text):
            return len(text)
        m = re.compile(r'\s*([a-zA-Z_][\w:.-]*)(\s*=\s*)?(["\'])?').match(text, i)
        if not m:
            raise Fault('"%s" in the tag <%s>' % (text[i:i + 12].strip(), self.tag))
        name = m.group(1).lower()
        if name.startswith('on'):
            raise Fault('%s: no script in pages' % name)
        if name in REFUSED_ATTRS:
            raise Fault('%s: %s' % (name, REFUSED_ATTRS[name]))
        if name in self.attrs:
            raise Fault('attribute %s twice' % name)
        if m.group(2) and not m.group(3):
            raise Fault('the value of %s must be quoted' % name)
        self.attrs.append(name)
        if m.group(2):
            self.state, self.attr, self.quote, self.value = 'attr', name, m.group(3), ''
            self.computed = False
        return m.end(2) + 1 if m.group(2) else m.end(1)

    def in_attr(self, text, i):
        j = text.find(self.quote, i)
        end = len(text) if j < 0 else j
        self.value += text[i:end]
        m = re.match(r'\s*([a-zA-Z][\w+.-]*):', self.value)
        if self.attr in URL_ATTRS and not self.computed and \
                (self.value.startswith('//') or m and m.group(1).lower() not in SCHEMES):
            raise Fault('%s="%s": only http, https, mailto, tel and our own pages'
                        % (self.attr, self.value))
        if j < 0:
            return len(text)
        self.state, self.attr, self.quote = 'tag', '', ''
        return j + 1

    def finish_tag(self, closed):
        if self.tag == 'img' and 'alt' not in self.attrs:
            raise Fault('<img> without alt')
        if self.tag == 'button' and 'type' not in self.attrs:
            raise Fault('<button> without type')
        if self.tag in REFUSED:
            raise Fault('<%s>: %s' % (self.tag, REFUSED[self.tag]))
        if self.tag == 'script' and 'src' not in self.attrs:
            raise Fault('<script>: only with src')
        self.state = 'text'
        if self.tag not in VOID and not closed:
            self.open.append(self.tag)
            if self.tag == 'script':
                self.state = 'raw'

    def in_raw(self, text, i):
        m = re.compile(r'</script>').match(text, i)
        if not m:
            raise Fault('nothing may stand inside <script>')
        self.state = 'text'
        return self.close('script', m.end())


def c_literal(text):
    out = []
    for byte in text.encode():
        c = chr(byte)
        if c in '"\\':
            out.append('\\' + c)
        elif 32 <= byte < 127 and c != '?':
            out.append(c)
        else:
            out.append('\\%03o' % byte)
    return ''.join(out)


def one_line(text):
    return re.sub(r'[ \t\n]+', ' ', text).strip()  # str.split() would eat no-break spaces


def split_args(text):
    """Splits at commas outside parentheses and quotes."""
    out, depth, start, quote = [], 0, 0, ''
    for i, c in enumerate(text):
        if quote:
            quote = '' if c == quote and text[i - 1] != '\\' else quote
        elif c in '"\'':
            quote = c
        elif c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
        elif c == ',' and depth == 0:
            out.append(text[start:i].strip())
            start = i + 1
    out.append(text[start:].strip())
    return [a for a in out if a]


class View:
    def __init__(self, name, args, path, line):
        self.name, self.args, self.path, self.line = name, args, path, line
        self.code, self.has_body = [], False

    def params(self):
        return ', '.join(['struct buf *b', 'const struct view_ctx *cx'] + self.args)

    def names(self):
        """view_x, or the two halves of a view with a {% body %}."""
        ends = ('_open', '_close') if self.has_body else ('',)
        return ['view_' + self.name + e for e in ends]


class Compiler:
    def __init__(self):
        self.views, self.includes, self.calls = {}, {}, []

    def file(self, path):
        self.path, self.line, self.view = path, 1, None
        text = open(path, encoding='utf-8').read()
        try:
            for token in TOKEN.split(text):
                self.token(token)
                self.line += token.count('\n')
            self.end_view()
        except Fault as e:
            line = self.line + (self.place.lines if self.view else 0)
            sys.exit('%s:%d: error: %s' % (path, line, e))

    def token(self, token):
        if token.startswith('{#'):
            return
        if token.startswith('{%'):
            self.statement(token[2:-2].strip())
        elif token.startswith('{{'):
            self.expression(token[2:-2].strip())
        elif token.strip() or self.view:
            self.literal(token)

    # ---- views and blocks ----

    def end_view(self):
        if not self.view:
            return
        if self.blocks:
            raise Fault('{%% %s %%} of line %d is not closed' % self.blocks[-1][:2])
        if self.place.state != 'text' or self.place.open:
            raise Fault('view %s ends inside <%s>' % (self.view.name,
                                                      (self.place.open or [self.place.tag])[-1]))
        self.view = None

    def begin_view(self, rest):
        self.end_view()
        m = re.match(r'(%s)\((.*)\)$' % NAME, rest, re.S)
        if not m:
            raise Fault('expected {% view name(arguments) %}')
        args = split_args(one_line(m.group(2)))
        if m.group(1) in self.views:
            other = self.views[m.group(1)]
            raise Fault('view %s exists at %s:%d' % (m.group(1), other.path, other.line))
        self.view = View(m.group(1), [] if args == ['void'] else args, self.path, self.line)
        self.views[m.group(1)] = self.view
        self.place, self.blocks, self.counter, self.last_blank = Place(), [], 0, True

    def emit(self, code):
        self.view.code += ['#line %d "%s"' % (self.line, self.path), '\t' + code]

    def raw(self, code):
        self.view.code.append(code)

    def literal(self, text):
        if not self.view:
            raise Fault('text before {% view ... %}')
        before = self.place.state
        text = self.place.feed(text)
        if before == 'text' and not {'pre', 'textarea'} & set(self.place.open):
            text = re.sub(r'[ \t]*\n\s*', '\n', text)
            text = text.lstrip('\n') if self.last_blank else text
        if text:
            self.last_blank = text[-1] == '\n'
            self.emit('BUF_LIT(b, "%s");' % c_literal(text))

    def open_block(self, word, code):
        self.blocks.append((word, self.line, self.place.mark(), None))
        self.emit(code)

    def statement(self, text):
        word, _, rest = text.partition(' ')
        rest = rest.strip()
        if word == 'include':
            self.includes.setdefault(rest.strip('"'), None)
        elif word == 'view':
            self.begin_view(rest)
        elif not self.view:
            raise Fault('{%% %s %%} before {%% view %%}' % word)
        elif not hasattr(self, 'do_' + word):
            raise Fault('unknown {%% %s %%}' % word)
        else:
            getattr(self, 'do_' + word)(rest)

    def do_if(self, rest):
        self.open_block('if', 'if (%s) {' % rest)

    def branch(self, code):
        if not self.blocks or self.blocks[-1][0] != 'if':
            raise Fault('not inside {% if %}')
        if self.place.mark() != self.blocks[-1][2]:
            raise Fault('the branch opens or closes what the other does not')
        self.emit(code)

    def do_elif(self, rest):
        self.branch('} else if (%s) {' % rest)

    def do_else(self, rest):
        self.branch('} else {')

    def do_for(self, rest):
        m = re.match(r'(%s)(?:\s*,\s*(%s))?\s+in\s+(.*)$' % (NAME, NAME), rest, re.S)
        if not m:
            raise Fault('expected {% for x in slice %} or {% for x, i in slice %}')
        item, index, slice_ = m.groups()
        self.counter += 1
        index = index or 'i_%d' % self.counter
        self.open_block('for', 'for (size_t %s = 0; %s < (%s).n; %s++) {'
                        % (index, index, slice_, index))
        self.raw('\t__typeof__(&(%s).v[0]) %s = &(%s).v[%s];' % (slice_, item, slice_, index))

    def do_let(self, rest):
        m = re.match(r'(%s)\s*=\s*(.*)$' % NAME, rest, re.S)
        if not m:
            raise Fault('expected {% let x = expression %}')
        self.emit('__typeof__(%s) %s = %s;' % (m.group(2), m.group(1), m.group(2)))

    def do_in(self, rest):
        name, args = self.call(rest, True)
        self.emit('view_%s_open(b, cx%s);' % (name, args))
        self.blocks.append(('in', self.line, self.place.mark(), (name, args)))

    def do_form(self, rest):
        m = re.match(r'(GET|POST)\s+((?:\{\{.*?\}\}|\S)+)(?:\s+(.*))?$', rest, re.S)
        if not m:
            raise Fault('expected {% form GET|POST /path attributes %}')
        self.blocks.append(('form', self.line, self.place.mark(), None))
        head = '<form-x method="%s" action="%s" %s>' % (m.group(1).lower(), m.group(2),
                                                        m.group(3) or '')
        # The element is checked under another name: a literal <form> is refused.
        head = head.replace('" >', '">')
        for token in TOKEN.split(head):
            if token.startswith('{{'):
                self.expression(token[2:-2].strip())
            elif token:
                written = self.place.feed(token)
                self.emit('BUF_LIT(b, "%s");' % c_literal(written.replace('<form-x', '<form')))
        self.last_blank = False
        if m.group(1) == 'POST':
            self.emit('view_csrf(b, cx);')

    def do_end(self, rest):
        if not self.blocks:
            raise Fault('{% end %} closes nothing')
        word, line, mark, more = self.blocks.pop()
        if word == 'form':
            self.place.close('form-x', 0)
            self.emit('BUF_LIT(b, "</form>");')
            self.last_blank = False
        if self.place.mark() != mark:
            raise Fault('{%% %s %%} of line %d does not close what it opens' % (word, line))
        if word == 'in':
            self.emit('view_%s_close(b, cx%s);' % more)
        elif word != 'form':
            self.emit('}')

    def do_body(self, rest):
        if self.blocks or self.view.has_body:
            raise Fault('one {% body %} per view, outside {% if %} and {% for %}')
        if self.place.state != 'text':
            raise Fault('{% body %} stands in text')
        self.view.has_body = True
        self.raw('BODY')
        self.last_blank = True

    # ---- expressions ----

    def call(self, text, with_body):
        m = re.match(r'(%s)\s*\((.*)\)$' % NAME, text, re.S)
        if not m:
            raise Fault('expected name(arguments)')
        if self.place.state != 'text':
            raise Fault('a part stands in text')
        self.calls.append((self.path, self.line, m.group(1), with_body))
        return m.group(1), ''.join(', ' + a for a in split_args(one_line(m.group(2))))

    def expression(self, text):
        if not self.view:
            raise Fault('a value before {% view %}')
        self.last_blank = False
        if text.startswith('>'):
            self.emit('view_%s(b, cx%s);' % self.call(text[1:].strip(), False))
        elif text.startswith('_'):
            m = re.match(r'_(n?)\s*"([^"]+)"\s*,?\s*(.*)$', text, re.S)
            if not m:
                raise Fault('expected {{_ "key" a, b }}')
            self.translation(m.group(2), split_args(m.group(3)), m.group(1) == 'n')
        else:
            self.value(text)

    def show(self, text):
        """C that appends the plain text of a value to the buffer."""
        m = re.match(r'(.*\S)\s+\|\s+(%s)(?:\((.*)\))?$' % NAME, text, re.S)
        if m:
            more = ', ' + m.group(3) if m.group(3) else ''
            return 'show_%s(b, cx, (%s)%s);' % (m.group(2), m.group(1), more)
        return 'VIEW_SHOW(b, cx, (%s));' % text

    def value(self, text):
        escape = self.place.escape()
        if escape == 'TEXT' and not re.search(r'\s\|\s+%s(\(.*\))?$' % NAME, text, re.S):
            self.emit('VIEW_TEXT(b, cx, (%s));' % text)
        else:
            self.emit('{ size_t at_ = b->n; %s view_escape(b, VIEW_%s, at_); }'
                      % (self.show(text), escape))

    def translation(self, key, args, plural):
        escape = self.place.escape()
        if not re.match(r'[a-z][a-z0-9_.]*$', key):
            raise Fault('key "%s": lower-case words, dots and underscores' % key)
        count = 'VIEW_COUNT(%s)' % args[0].split(' | ')[0] if plural and args else '1'
        if plural and not args:
            raise Fault('{{_n }} needs the number that decides')
        self.emit('{ size_t at_ = b->n; str args_[%d] = { { 0 } };' % max(1, len(args)))
        for i, a in enumerate(args):
            self.raw('\t%s args_[%d] = view_take(b, at_);' % (self.show(a), i))
        self.raw('\tview_tr(b, cx, T_%s, %s, args_, %d); view_escape(b, VIEW_%s, at_); }'
                 % (key.replace('.', '_'), count, len(args), escape))

    # ---- output ----

    def check_calls(self):
        for path, line, name, with_body in self.calls:
            if name not in self.views:
                sys.exit('%s:%d: error: no view %s' % (path, line, name))
            if self.views[name].has_body != with_body:
                sys.exit('%s:%d: error: view %s has %s' % (
                    path, line, name, 'no {% body %}' if with_body else 'a {% body %}: use {% in %}'))

    def header(self, name):
        out = ['/* Generated by tools/tmplc.py from views: do not edit. */',
               '#ifndef %s_GEN_H' % name.upper(), '#define %s_GEN_H' % name.upper(), '',
               '#include "view/view.h"']
        out += ['#include "%s"' % i for i in sorted(self.includes)] + ['']
        for v in self.views.values():
            out.append('/* %s:%d */' % (v.path, v.line))
            out += ['void %s(%s);' % (n, v.params()) for n in v.names()]
        return '\n'.join(out + ['', '#endif', ''])

    def source(self, name):
        out = ['/* Generated by tools/tmplc.py: do not edit. */',
               '#include "%s_gen.h"' % name, '']
        for v in self.views.values():
            halves = [[]]
            for code in v.code:
                if code == 'BODY':
                    halves.append([])
                else:
                    halves[-1].append(code)
            for name, code in zip(v.names(), halves):
                out += ['#line %d "%s"' % (v.line, v.path), 'void %s(%s)' % (name, v.params()),
                        '{', '\t(void)b, (void)cx;']
                out += ['\t(void)%s;' % re.search(r'(%s)(\[\])?$' % NAME, a).group(1)
                        for a in v.args]
                out += code + ['}', '']
        return '\n'.join(out)


def main():
    p = argparse.ArgumentParser()
    for name in ('views', 'name', 'c', 'h', 'depfile'):
        p.add_argument('--' + name, required=name != 'depfile')
    args = p.parse_args()
    compiler, deps = Compiler(), [args.views]
    for f in sorted(os.listdir(args.views)):
        if f.endswith('.html'):
            deps.append(os.path.join(args.views, f))
            compiler.file(deps[-1])
    compiler.check_calls()
    for path, text in ((args.h, compiler.header(args.name)),
                       (args.c, compiler.source(args.name))):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
    if args.depfile:
        with open(args.depfile, 'w', encoding='utf-8') as f:
            f.write('%s %s: %s\n' % (args.c, args.h, ' '.join(deps)))


if __name__ == '__main__':
    main()
