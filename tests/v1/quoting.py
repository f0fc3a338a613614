"""Made-up Arabic prose with quotations in it, and where they are from: nothing here shares code with the program.

A quotation is a run of words of the Quran, over the ends of verses too, as the Uthmani text writes it, without its marks, or as it is
spelled today; longer ones may leave words out, or have one word mistyped.
"""
import collections
import random
import re

from tests.v1 import everyday
from tests.v1.everyday import letters

# Words of ordinary prose, common ones first; sentences are made of them by chance.
COMMON = 'في من على إلى عن أن إن كان هذا هذه ذلك التي الذي ما لا لم قد ثم بعد قبل كل بين مع حتى عند هو هي كما لكن أو'.split()
WORDS = '''المدينة الطريق المدرسة الكتاب القديم الجديد الرجل المرأة الطفل الشارع الحديقة البيت الكبير الصغير السوق الجامعة الأستاذ الطالب
المعلم العمل الحياة اليوم المساء الصباح الشتاء الصيف البحر الجبل السماء الأرض الماء الهواء الشمس القمر الناس المجتمع الدولة الحكومة الوزير
القانون الاقتصاد السياسة التاريخ الحضارة الثقافة العلوم الأدب الشعر القصة الرواية الكاتب الشاعر الفيلسوف الطبيب المريض المستشفى الدواء الطعام
الخبز القهوة الشاي يقول يكتب يقرأ يذهب يعود يعمل يفكر يدرس يسافر يعيش ينظر يسمع يتحدث رأيت سمعت كتبت ذهبت وصلت عرفت قلت أخذت وجدت كبيرا صغيرا
جميلا طويلا قليلا كثيرا سريعا بطيئا جديدا قديما مهما صعبا سهلا أيضا دائما أحيانا غالبا ربما هناك هنا الآن أمس غدا وقال وكان وقد ولم ولا وفي ومن
وهذا وذلك وكانت وأخذ وعاد ووصل فقال فكان فلما فإذا مسألة فكرة طريقة نتيجة سبب حادثة رحلة سنة شهر أسبوع ساعة دقيقة محطة قطار سيارة طائرة باب نافذة
غرفة كرسي طاولة كتب أقلام أوراق صحيفة مجلة خبر مقال بحث علم معرفة خبرة تجربة مشكلة حل سؤال جواب رسالة بريد هاتف حاسوب شاشة برنامج شبكة'''.split()

# Where modern spelling has no alif for a dagger alif.
WITHOUT_ALIF = {'هذا', 'هذه', 'هذان', 'ذلك', 'ذلكم', 'الله', 'لله', 'بالله', 'والله', 'إله', 'الرحمن', 'للرحمن', 'لكن', 'ولكن', 'لكنا', 'هؤلاء', 'أولئك'}
Place = collections.namedtuple('Place', 'surah ayah word')
Quote = collections.namedtuple('Quote', 'first last start end words kind')


def words_of_corpus():
    """(place, as it is written) of each word."""
    out = []
    for (surah, ayah), text in everyday.read().items():
        # Signs are between words too.
        words = [word for word in text.split() if letters(word)]
        out += [(Place(surah, ayah, number), word) for number, word in enumerate(words, 1)]
    return out


def today(word):
    """About as a keyboard writes it today: letters only, alifs for dagger alifs."""
    plain = letters(word)
    if plain in WITHOUT_ALIF or letters(word).lstrip('وفب') in WITHOUT_ALIF:
        return plain
    word = re.sub('و\u0670|ى\u0670(?=.*[\u0621-\u064a])', 'ا', word)
    word = re.sub('ى\u0670', 'ى', word)
    word = re.sub('\u0640?\u0670', 'ا', word)
    word = word.replace('ءَا', 'آ').replace('ءا', 'آ')
    word = letters(word)
    return re.sub('ى(?=.)', 'ي', word)


def mistyped(choose, word):
    at = choose.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def prose(choose, words):
    out = []
    while len(out) < words:
        length = choose.randint(6, 14)
        sentence = [choose.choice(COMMON) if choose.random() < 0.35 else choose.choice(WORDS) for _ in range(length)]
        sentence[-1] += choose.choice(['.', '.', '،', ':', '؟'])
        out += sentence
    return out


def page(choose, corpus, lengths, marks=False):
    """A text of some 3,000 words, and what it quotes."""
    text, quotes = '', []

    def add(more):
        nonlocal text
        text += (' ' if text else '') + more
    while len(text.split()) < 3000:
        add(' '.join(prose(choose, choose.randint(30, 90))))
        size = choose.choice(lengths)
        at = choose.randrange(len(corpus) - size)
        run = corpus[at:at + size]
        if run[0][0].surah != run[-1][0].surah:
            continue
        kind = choose.choice(['uthmani', 'letters', 'today', 'today'])
        written = [{'uthmani': str, 'letters': letters, 'today': today}[kind](word) for _, word in run]
        words = size
        if size >= 9 and choose.random() < 0.4:
            cut = choose.randint(1, 4)
            begin = choose.randrange(3, size - cut - 2)
            written[begin:begin + cut] = ['...'] if choose.random() < 0.5 else []
            kind += ', words left out'
            words -= cut
        elif size >= 5 and choose.random() < 0.3:
            index = choose.randrange(size)
            if len(written[index]) >= 4 and kind != 'uthmani':
                written[index] = mistyped(choose, written[index])
                kind += ', mistyped'
        if marks:
            add('﴿')
        start = len(text) + (1 if text else 0)
        add(' '.join(written))
        quotes.append(Quote(run[0][0], run[-1][0], start, len(text), words, kind))
        if marks:
            add('﴾')
    return text, quotes


def generator(seed):
    return random.Random('quotations %s' % seed)
