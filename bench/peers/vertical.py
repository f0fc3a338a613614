"""The corpus in the vertical form that CQP and BlackLab read: a token on each line, values between tabs, tags on lines of their own.

A surah is a document. Tags are nested, so a juz that holds several surahs is written once for each, and pages, which overlap with
juz, are left out.
"""


def write(path, corpus, tokens, words_are_tags=False):
    """`tokens(word)` gives the rows of a word; with `words_are_tags` they are between <w> and </w>."""
    with open(path, 'w', encoding='utf-8') as f:
        for surah in corpus.surahs:
            f.write('<doc id="%d">\n<surah n="%d" place="%s">\n' % (surah['surah'], surah['surah'], surah['place']))
            juz = None
            for verse in surah['verses']:
                if verse['juz'] != juz:
                    f.write(('</juz>\n' if juz else '') + '<juz n="%d">\n' % verse['juz'])
                    juz = verse['juz']
                f.write('<verse n="%d">\n' % verse['ayah'])
                for word in verse['words']:
                    rows = ''.join('\t'.join(row) + '\n' for row in tokens(word))
                    f.write('<w>\n%s</w>\n' % rows if words_are_tags else rows)
                f.write('</verse>\n')
            f.write('</juz>\n</surah>\n</doc>\n')
