"""Makes handgrad-math.woff2 from Latin Modern Math (Debian: fonts-lmodern; python3-fonttools, python3-brotli).

    /usr/bin/python3 subset.py /usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf handgrad-math.woff2

Kept: the letters and operators src/report/mathml/signs.def and the commands can write, with their sizes for sums and
brackets. The licence asks that a changed font gets a new name, so it is called Handgrad Math.
"""
import sys
from fontTools import subset

NAME = "Handgrad Math"
ASCII = set(range(0x20, 0x7F))
ITALIC = set(range(0x1D434, 0x1D468)) | {0x210E}
GREEK = set(range(0x1D6FC, 0x1D71C)) | {0x393, 0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A6, 0x3A8, 0x3A9}
BOLD = set(range(0x1D400, 0x1D434)) | set(range(0x1D6C2, 0x1D6DC))
SCRIPT = set(range(0x1D49C, 0x1D4B6)) | {0x2112, 0x211B, 0x210B, 0x2110, 0x2130, 0x2131, 0x2133, 0x212C}
OPERATORS = {
    0xAC, 0xB1, 0xB7, 0xD7, 0xF7, 0xAF, 0x2C6, 0x2DC, 0x302, 0x303, 0x304, 0x307, 0x20D7, 0x2016, 0x2026, 0x2032,
    0x2033, 0x2113, 0x211D, 0x2124, 0x2190, 0x2192, 0x21A6, 0x21D2, 0x21D4, 0x2200, 0x2202, 0x2203, 0x2207, 0x2208,
    0x2209, 0x220F, 0x2211, 0x2212, 0x2215, 0x2217, 0x2218, 0x2219, 0x221A, 0x221D, 0x221E, 0x2225, 0x2227, 0x2228,
    0x222B, 0x2234, 0x2235, 0x223C, 0x2243, 0x2248, 0x225C, 0x2260, 0x2261, 0x2264, 0x2265, 0x226A, 0x226B, 0x2282,
    0x2297, 0x2299, 0x22A4, 0x22C5, 0x22EE, 0x22EF, 0x22F1, 0x23DE, 0x23DF, 0x27E8, 0x27E9, 0x2308, 0x2309, 0x230A,
    0x230B, 0x1D7D9,
}


def main(source, target):
    options = subset.Options()
    options.layout_features = ["dtls"]
    options.hinting = False
    options.desubroutinize = True
    options.flavor = "woff2"
    options.name_IDs = [1, 2, 4, 6]
    options.glyph_names = False
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=ASCII | ITALIC | GREEK | BOLD | SCRIPT | OPERATORS)
    subsetter.subset(font)
    for record in font["name"].names:
        record.string = {2: "Regular", 6: NAME.replace(" ", "")}.get(record.nameID, NAME)
    cff = font["CFF "].cff
    cff.fontNames = [NAME.replace(" ", "")]
    top = cff.topDictIndex[0]
    top.FullName = top.FamilyName = NAME
    subset.save_font(font, target, options)


if __name__ == "__main__":
    main(*sys.argv[1:])
