"""A hundred and forty everyday searches, with answers from the published files themselves: nothing here shares code with the program.

An answer is a set of verses, found with a regular expression in the letters of the Uthmani text (marks, tatweel and small
letters left out, alif wasla as alif), or in the English of the treebank; or the verses of a root or lemma in the morphology file.
"""
import csv
import io
import re

from tests.v1.published import MORPHOLOGY, TEXT, TREEBANK

# Verses of each surah, in the count of Kufa.
VERSES = [7, 286, 200, 176, 120, 165, 206, 75, 129, 109, 123, 111, 43, 52, 99, 128, 111, 110, 98, 135, 112, 78, 118, 64, 77, 227, 93, 88,
          69, 60, 34, 30, 73, 54, 45, 83, 182, 88, 75, 85, 54, 53, 89, 59, 37, 35, 38, 29, 18, 45, 60, 49, 62, 55, 78, 96, 29, 22, 24, 13,
          14, 11, 11, 18, 12, 12, 30, 52, 52, 44, 28, 28, 20, 56, 40, 31, 50, 40, 46, 42, 29, 19, 36, 25, 22, 17, 19, 26, 30, 20, 15, 21,
          11, 8, 8, 19, 5, 8, 8, 11, 11, 8, 3, 9, 5, 4, 7, 3, 6, 3, 5, 4, 5, 6]
P = '(?:أ?[وف]?[بكلس]?)'  # particles before a word
B, E = r'(?:^| )', r'(?= |$)'  # a word's ends


def letters(text):
    """The letters that are written, without marks."""
    text = re.sub('[\u0640\u064b-\u0670\u06d6-\u06ed]', '', text.replace('\u0640\u0654', '\u0621'))
    return text.replace('\u0671', '\u0627')


def word(*forms):
    """Any of these words, with particles before it."""
    return B + P + '(?:' + '|'.join(forms) + ')' + E


def exactly(*forms):
    return B + '(?:' + '|'.join(forms) + ')' + E


# What is typed, and a regular expression of the letters.
SEARCHES = [
    # Modern spelling.
    ('الصلاة', word('الصلوة') + '|' + B + '[وف]?للصلوة' + E),
    ('الزكاة', word('الزكوة') + '|' + B + '[وف]?للزكوة' + E),
    ('التوراة', word('التورىة') + '|' + B + '[وف]?للتورىة' + E),
    ('الحياة الدنيا', word('الحيوة') + ' الدنيا' + E),
    ('السماوات والأرض', word('السموت', 'السماوت') + ' والأرض' + E),
    ('إبراهيم', word('ي?إبرهم', 'ي?إبرهيم')),
    ('إسماعيل', word('إسمعيل')),
    ('داود', word('ي?داود', 'داوود')),
    ('الشياطين', word('الشيطين') + '|' + B + '[وف]?للشيطين' + E),
    ('يوم القيامة', word('يوم') + ' القيمة' + E),
    ('آدم', word('ي?ءادم')),
    ('القرآن', word('القرءان') + '|' + B + '[وف]?للقرءان' + E),
    ('القرأن', word('القرءان') + '|' + B + '[وف]?للقرءان' + E),
    ('العالمين', word('العلمين') + '|' + B + '[وف]?للعلمين' + E),
    ('مسؤولا', word('مسءولا')),
    ('كل شئ قدير', word('كل') + ' شىء قدير' + E),
    ('يحيي ويميت', word('يحى') + ' ويميت' + E),
    ('مئة', word('مائة')),
    ('رحمت الله', word('رحمت', 'رحمة') + ' الله' + E),
    ('امرأة فرعون', word('امرأت') + ' فرعون' + E),
    ('الربا', word('الربوا')),
    ('سليمان', word('سليمن')),
    # Without the alif, or with a hamza left out.
    ('امنوا', word('ءامنوا', 'أمنوا')),
    ('ان الله غفور رحيم', word('إن', 'أن') + ' الله ل?غفور رحيم' + E),
    # Joined and split.
    ('يا أيها الناس', word('يأيها') + ' الناس' + E),
    ('انشاء الله', word('إن') + ' شاء الله' + E),
    ('الحمدلله', word('الحمد') + ' لله' + E),
    ('إن هم', word('إن', 'أن') + ' [وفلكب]?هم' + E),
    ('من هم', r'(?!)'),
    # Keyboards and encodings.
    ('کتاب مبین', word('كتب', 'كتاب') + ' مبين' + E),
    ('موسی', word('ي?موسى')),
    ('الصلوٰۃ', word('الصلوة') + '|' + B + '[وف]?للصلوة' + E),
    ('ٱلۡأٓخِرَةِ', word('الءاخرة') + '|' + B + '[وفل]*للءاخرة' + E),
    ('رحـمة', word('رحمت', 'رحمة', 'رحمه')),
    ('ﻛﺘﺎﺏ ﻣﺒﻴﻦ', word('كتب', 'كتاب') + ' مبين' + E),
    # Article left out.
    ('قبور', word('القبور')),
    ('مقربون', word('المقربون') + '|' + word('مقربون')),
    # Phrases and passages.
    ('بسم الله الرحمن الرحيم', word('بسم') + ' الله الرحمن الرحيم' + E),
    ('لا إله إلا هو', word('لا') + ' إله إلا هو' + E),
    ('الحمد لله رب العالمين', word('الحمد') + ' لله رب العلمين' + E),
    ('إنا لله وإنا إليه راجعون', word('إنا') + ' لله وإنا إليه رجعون' + E),
    ('ألم نشرح لك صدرك', word('ألم') + ' نشرح لك صدرك' + E),
    ('صراط الذين أنعمت عليهم غير المغضوب عليهم', word('صرط') + ' الذين أنعمت عليهم غير المغضوب عليهم' + E),
    # Wildcards, alternatives, exclusions.
    ('استغفر*', B + P + '[اأ]ستغفر[^ ]*' + E),
    ('بسم * الرحمن', word('بسم') + ' [^ ]+ الرحمن' + E),
    ('جهنم|سقر', word('جهنم', 'سقر')),
    ('محمد -رسول', None),
    # Typing errors and sounds.
    ('السراط المستقيم', word('الصرط') + ' المستقيم' + E),
    ('الحمذ لله', word('الحمد') + ' لله' + E),
    ('المصتقيم', word('المستقيم')),
    ('الظالمييين', word('الظلمين') + '|' + B + '[وف]?للظلمين' + E),
]
# What is nowhere, although all of its words are somewhere, and what is not a word at all.
NOTHING = ['مؤمن كافر', 'رب ملك', 'محمد موسى', 'الله مؤمن كافر', 'يؤمنون بالغيب ويقيمون الزكاة', 'قل هو الله الرحيم', '"من"',
           'محمد -محمد', 'ققق*', 'قططططط',
           'root:book', 'root:rHm root:Smd', 'mercy elephant', 'light mountain elephant', 'moses elephant', 'katib al mawt',
           'wal asr inna rabbaka',
           'الله لا إله إلا هو الحي القيوم لا تأخذه سنة ولا نوم كتاب له ما في السماوات وما في الأرض']

# Arabic in Latin letters, and a regular expression of the letters.
LATIN = [
    ('bismillah', word('بسم') + ' الله' + E),
    ('Alhamdulillah', word('الحمد') + ' لله' + E),
    ('alhamdulillahi rabbil alamin', word('الحمد') + ' لله رب العلمين' + E),
    ('kun fayakun', word('كن') + ' فيكون' + E),
    ('inna lillahi wa inna ilayhi rajiun', word('إنا') + ' لله وإنا إليه رجعون' + E),
    ('qul huwallahu ahad', word('قل') + ' هو الله أحد' + E),
    ('qul a3udhu birabbil falaq', word('قل') + ' أعوذ برب الفلق' + E),
    ('la ilaha illa huwa', word('لا') + ' إله إلا هو' + E),
    ('ya ayyuha alladhina amanu', word('يأيها') + ' الذين ءامنوا' + E),
    ('rabbana atina fid dunya hasanah', word('ربنا') + ' ءاتنا فى الدنيا حسنة' + E),
    ('siratal mustaqim', word('الصرط', 'صرط') + ' المستقيم' + E),
    ('aṣ-ṣirāṭa l-mustaqīm', word('الصرط') + ' المستقيم' + E),
    ('malik yawm al-din', word('ملك') + ' يوم الدين' + E),
    ('yawm al-qiyamah', word('يوم') + ' القيمة' + E),
    ('fir3awn', word('ي?فرعون')),
    ('jahannam', word('جهنم')),
    ('musa', word('ي?موسى')),
    ('dhul qarnayn', '(?:' + word('ذى', 'يذا') + ') القرنين' + E),
    ('subhanallah', word('سبحن') + ' الله' + E),
    ('{lr~aHoma`ni {lr~aHiymi', word('الرحمن') + ' الرحيم' + E),
]
# Names and terms as English and messages write them, and a regular expression of the letters. `further` must not be the answer.
NAMES = [
    ('Moses', word('ي?موسى')),
    ('Joseph', word('ي?يوسف')),
    ('Abraham', word('ي?إبرهم', 'ي?إبرهيم')),
    ('Noah', word('ي?نوح', 'نوحا')),
    ('Jesus', word('ي?عيسى')),
    ('Mary', word('ي?مريم')),
    ('mariam', word('ي?مريم')),
    ('Pharaoh', word('ي?فرعون')),
    ('David', word('ي?داود')),
    ('daud', word('ي?داود')),
    ('Solomon', word('سليمن')),
    ('Ishmael', word('إسمعيل')),
    ('Isaac', word('إسحق')),
    ('Jacob', word('يعقوب')),
    ('Aaron', word('ي?هرون')),
    ('Gog and Magog', word('يأجوج') + ' ومأجوج' + E),
    ('satan', word('الشيطن', 'شيطن', 'شيطنا') + '|' + B + '[وف]?للشيطن' + E),
    ('shaitan', word('الشيطن', 'شيطن', 'شيطنا') + '|' + B + '[وف]?للشيطن' + E),
    ('torah', word('التورىة') + '|' + B + '[وف]?للتورىة' + E),
    ('gospel', word('الإنجيل')),
    ('zakat', word('الزكوة', 'زكوة') + '|' + B + '[وف]?للزكوة' + E),
    ('zakaat', word('الزكوة', 'زكوة') + '|' + B + '[وف]?للزكوة' + E),
    ('salat', word('الصلوة', 'صلوة') + '|' + B + '[وف]?للصلوة' + E),
    ('namaz', word('الصلوة', 'صلوة') + '|' + B + '[وف]?للصلوة' + E),
    ('quran', word('القرءان', 'قرءان', 'قرءانا', 'قرءنا') + '|' + B + '[وف]?للقرءان' + E),
    ("Qur'an", word('القرءان', 'قرءان', 'قرءانا', 'قرءنا') + '|' + B + '[وف]?للقرءان' + E),
    ('Mecca', word('مكة', 'بكة')),
    ('Babylon', word('بابل')),
    ('Mount Sinai', word('طور') + ' (?:سيناء|سينين)' + E),
    ('Zulqarnain', B + 'القرنين' + E),
    ('Qarun', word('قرون')),
]
# English, and a regular expression of the glosses of a verse in lower case.
ENGLISH = [
    ('mercy', r'\bmerc(y|ies|iful|ifully)\b'),
    ('straight path', None),  # words next to each other
    ('orphans', r'\borphans?\b'),
    ('patience', r'\bpatience\b'),
    ('hell', r'\bhell\b'),
    ('repentance', r'\brepent'),
    ('mountains', r'\bmountains?\b'),
    ('children of israel', r'\bchildren (\(of\) |of )israel\b'),
    ('magician', r'\bmagicians?\b'),
    ('usury', r'\busury\b'),
    ('day of judgement', r'\bday\W+(?:(?:of|the)\W+)*judgment\b'),
    ('colours', r'\bcolor'),
    ('dishonour', r'\bdishonor'),
]
# Roots and lemmas: as they are typed, and as the morphology file has them.
LEXEMES = [
    ('root:ktb', 'ROOT:ktb'), ('root:ك ت ب', 'ROOT:ktb'), ('ك ت ب', 'ROOT:ktb'), ('ك-ت-ب', 'ROOT:ktb'), ('root:رب', 'ROOT:rbb'),
    ('root:rb', 'ROOT:rbb'), ('root:رد', 'ROOT:rdd'), ('root:حي', 'ROOT:Hyy'), ('root:جاء', 'ROOT:jyA'), ('root:صبر', 'ROOT:Sbr'),
    ('lemma:يمين', 'LEM:yamiyn'), ('lemma:yamiyn', 'LEM:yamiyn'), ('lemma:يَمِين', 'LEM:yamiyn'), ('lemma:صلاة', 'LEM:Salaw`p'),
    ('lemma:kitab', 'LEM:kita`b'), ('lemma:rasul', 'LEM:rasuwl'),
    ('root:amn', 'ROOT:Amn'), ('Root:ktb', 'ROOT:ktb'), ('ROOT:rHm', 'ROOT:rHm'), ('Lemma:kitab', 'LEM:kita`b'), ('k-t-b', 'ROOT:ktb'),
    ('k t b', 'ROOT:ktb'), ('s-l-m', 'ROOT:slm'), ('root:nur', 'ROOT:nwr'), ('root:>mn', 'ROOT:Amn'),
]
# What is typed, and verses that the answer must have first.
PASSAGES = [
    ('قل هو الله أحد الله الصمد لم يلد ولم يولد', (112, 1)),
    ('الله لا إله إلا هو الحي القيوم لا تأخذه سنة ولا نوم له ما في السماوات وما في الأرض', (2, 255)),
    ('حم عسق', (42, 1)),
    ('بِسۡمِ ٱللَّهِ ٱلرَّحۡمَٰنِ ٱلرَّحِيمِ ١ ٱلۡحَمۡدُ لِلَّهِ رَبِّ ٱلۡعَٰلَمِينَ ٢', (1, 1)),
    ('﷽', (1, 1)),
]


def read():
    """(surah, ayah): the Uthmani text of the verse."""
    with open(TEXT, encoding='utf-8') as f:
        lines = [line.rstrip('\n') for line in f if line.strip() and not line.startswith('#')]
    places = [(s, a) for s, count in enumerate(VERSES, 1) for a in range(1, count + 1)]
    verses = dict(zip(places, lines))
    basmala = verses[1, 1]
    for (surah, ayah), text in verses.items():
        if ayah == 1 and surah not in (1, 9) and letters(text).startswith(letters(basmala) + ' '):
            verses[surah, ayah] = ' '.join(text.split(' ')[4:])
    return verses


def answers(verses, searches):
    """(what is typed, set of verses) of each search."""
    written = {place: letters(text) for place, text in verses.items()}
    for typed, pattern in searches:
        if pattern is None:
            own, other = word('محمد'), word('رسول')
            yield typed, {p for p, text in written.items() if re.search(own, text) and not re.search(other, text)}
        else:
            yield typed, {p for p, text in written.items() if re.search(pattern, text)}


def glosses():
    """(surah, ayah): [(word, its English in lower case)]."""
    words = {}
    with open(TREEBANK, encoding='utf-16', newline='') as f:
        for row in csv.DictReader(io.StringIO(f.read()), delimiter='\t'):
            place = re.fullmatch(r'\((\d+):(\d+):(\d+):\d+\)', row['location'] or '')
            if place and row['trans'] not in ('_', ''):
                words.setdefault(tuple(map(int, place.groups())), row['trans'].strip('"').lower())
    out = {}
    for (surah, ayah, number), gloss in sorted(words.items()):
        out.setdefault((surah, ayah), []).append((number, gloss))
    return out


def english_answers(verses, searches):
    """(what is typed, set of verses) of each search; `verses` as glosses() gives them."""
    for typed, pattern in searches:
        if pattern:
            yield typed, {place for place, words in verses.items() if re.search(pattern, ' '.join(gloss for _, gloss in words))}
        else:
            near = set()
            for place, words in verses.items():
                places = [{n for n, gloss in words if re.search(r'\b%ss?\b' % one, gloss)} for one in typed.split(' ')]
                if any(abs(a - b) <= 1 for a in places[0] for b in places[1]):
                    near.add(place)
            yield typed, near


def lexeme_answers():
    """(what is typed, words that have it) of each root and lemma."""
    words = {}
    with open(MORPHOLOGY, encoding='utf-8') as f:
        for line in f:
            place = re.match(r'\((\d+):(\d+):(\d+):\d+\)', line)
            if place:
                for feature in line.rstrip('\n').split('\t')[-1].split('|'):
                    words.setdefault(feature, set()).add(tuple(map(int, place.groups())))
    for typed, feature in LEXEMES:
        yield typed, words[feature]
