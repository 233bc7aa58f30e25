#!/usr/bin/env python3
"""Makes vigie-zero.woff2: the zero of the font without its slash, and the narrow no-break space
that the font lacks (see README.md).

usage: zero.py, in this folder.  Needs python3-fonttools and python3-brotli.

The glyph has one outer contour and two inner ones, parted by the slash.  They are replaced by
one inner contour: the outer one mapped onto the box that the two inner ones fill.  The same
is done at every master of the weight axis, so the strokes stay right from 200 to 800.
"""
import array

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.varLib.iup import iup_delta

SOURCE = 'atkinson-hyperlegible-next-latin-wght-normal.woff2'


def without_slash(points, outer, extremes):
    """Outer contour, then its image in the box of the extremes, turned the other way."""
    left, right, top, bottom = (points[i] for i in extremes)
    ring = list(points[:outer])
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    kx = (right[0] - left[0]) / (max(xs) - min(xs))
    ky = (top[1] - bottom[1]) / (max(ys) - min(ys))
    inner = [(left[0] + (x - min(xs)) * kx, bottom[1] + (y - min(ys)) * ky) for x, y in ring]
    return ring + inner[::-1]


def rounded(points):
    return [(round(x), round(y)) for x, y in points]


def change(font, name):
    glyf, glyph = font['glyf'], font['glyf'][name]
    points, control = glyf._getCoordinatesAndControls(name, font['hmtx'].metrics)
    points, ends = list(points), list(control.endPts)
    outer = ends[0] + 1
    inside = range(outer, ends[2] + 1)
    extremes = (min(inside, key=lambda i: points[i][0]), max(inside, key=lambda i: points[i][0]),
                max(inside, key=lambda i: points[i][1]), min(inside, key=lambda i: points[i][1]))
    base = rounded(without_slash(points, outer, extremes))
    for master in font['gvar'].variations[name]:
        deltas = list(iup_delta(master.coordinates, points, ends))
        moved = [(p[0] + d[0], p[1] + d[1]) for p, d in zip(points, deltas)]
        shape = without_slash(moved, outer, extremes)
        master.coordinates = rounded([(a[0] - b[0], a[1] - b[1]) for a, b in zip(shape, base)]
                                     + deltas[-4:])
    flags = list(glyph.flags[:outer])
    glyph.coordinates = GlyphCoordinates(base)
    glyph.flags = array.array('B', flags + flags[::-1])
    glyph.endPtsOfContours, glyph.numberOfContours = [outer - 1, 2 * outer - 1], 2
    glyph.program = Program()
    glyph.program.fromBytecode(b'')
    glyph.recalcBounds(glyf)


NARROW = 190  # of 1000: seen by poor eyes, yet narrower than a word space


def add_narrow_space(font):
    """U+202F takes the place of the space, which this font does not hold otherwise."""
    space = font.getBestCmap()[0x20]
    font['hmtx'][space] = (NARROW, 0)
    for table in font['cmap'].tables:
        table.cmap[0x202f] = space


def main():
    font = TTFont(SOURCE)
    change(font, 'zero')  # zero.tf, the tabular one, is made of it
    add_narrow_space(font)
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = ['tnum', 'pnum'], False, ['*']
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[0x30, 0x202f])
    subsetter.subset(font)
    for record in font['name'].names:
        if record.nameID in (1, 3, 4, 6, 16):
            text = 'VigieZero' if record.nameID == 6 else 'Vigie Zero'
            font['name'].setName(text, record.nameID, record.platformID, record.platEncID,
                                 record.langID)
    font.flavor = 'woff2'
    font.save('vigie-zero.woff2')


main()
