"""Each folder of src/ includes only what its CMakeLists.txt links, and each library has one place that knows it."""
import os
import re
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SRC = os.path.join(ROOT, 'src')

# Headers of libraries, and the only places that may include them.
ONLY_IN = {
    r'httplib\.h': ['http/exchange.cc'],
    r'xapian\.h|xapian/.*': ['index/'],
    r'sqlite3(ext)?\.h': ['store/sqlite.cc'],
    r'nlohmann/.*': ['support/json_parse.cc'],
    r'unicode/.*': ['text/'],
    r'spdlog/.*': ['support/log.cc'],
    r'CLI/.*': ['cli/'],
    r'doctest/.*': [],
    r'zlib\.h': ['support/gzip.cc', 'support/inflate.cc'],
    r'expat\.h': ['importers/xml_reader.cc'],
    r'xxhash\.h': ['support/hash.cc'],
    r're2/.*': ['query/plan/regex.cc'],
}


# What belongs to the older server's API: its name, the form of its verses, its derived files.
OLD_NAMES = re.compile(r'legacy|snapshot|old(er)? (api|server)|layout', re.I)
# Who may name it: its own rooms; the steps that made its tables; the readers and writers of files that have the form of its
# verses; and what puts everything together.
OLD_PLACES = ('api/legacy/', 'store/migrations/', 'app/', 'cli/', 'importers/legacy.', 'importers/corpus_jsonl.',
              'importers/registry.', 'importers/public.', 'importers/conllu.', 'importers/conllu_verses.', 'exporters/legacy.',
              'exporters/conllu.', 'exporters/conllu_words.', 'exporters/conllu_comments.')


def sources():
    """(folder relative to src, path relative to src, text) of every source file."""
    for folder, _, names in os.walk(SRC):
        for name in sorted(names):
            if name.endswith(('.cc', '.h', '.in')):
                path = os.path.join(folder, name)
                with open(path, encoding='utf-8') as f:
                    yield os.path.relpath(folder, SRC), os.path.relpath(path, SRC), f.read()


def includes(text):
    """(in quotes or angle brackets, what is included) of every include."""
    return re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', text, re.M)


def library_of(folder):
    """A folder without a CMakeLists.txt is part of the one that it is in."""
    while not os.path.exists(os.path.join(SRC, folder, 'CMakeLists.txt')) and os.path.dirname(folder):
        folder = os.path.dirname(folder)
    return 'kalima_' + folder.replace(os.sep, '_')


def links():
    """For each folder with a CMakeLists.txt: (public, private) names of what it links."""
    out = {}
    for folder, _, names in os.walk(SRC):
        if 'CMakeLists.txt' not in names or folder == SRC:
            continue
        with open(os.path.join(folder, 'CMakeLists.txt'), encoding='utf-8') as f:
            text = re.sub(r'#.*', '', f.read())
        public, private = set(), set()
        for call in re.findall(r'kalima_library\(([^)]*)\)', text):
            into = None
            for word in call.split()[1:]:
                if word == 'LINKS':
                    into = public
                elif word == 'PRIVATE_LINKS':
                    into = private
                elif word == 'SMALL_FILES':
                    into = set()  # files, not links
                elif word not in ('SMALL', 'SMALL_ON_WINDOWS', 'FAST', 'SEPARATE'):
                    into.add(word)
        for call in re.findall(r'target_link_libraries\(([^)]*)\)', text):
            into = public
            for word in call.split()[1:]:
                if word in ('PUBLIC', 'INTERFACE', 'PRIVATE'):
                    into = private if word == 'PRIVATE' else public
                else:
                    into.add(word)
        out[os.path.relpath(folder, SRC)] = public, private
    return out


class Layers(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.links = links()
        self.folder_of = {library_of(folder): folder for folder in self.links}

    def public_closure(self, library):
        """The library and all that whoever links it may use."""
        seen, todo = set(), [library]
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            folder = self.folder_of.get(name)
            if folder:
                todo += self.links[folder][0]
        return seen

    def usable(self, folder):
        public, private = self.links[folder]
        out = {library_of(folder)}
        for library in public | private:
            out |= self.public_closure(library)
        return out

    def test_the_folders_are_read(self):
        for folder in ('support', 'corpus', 'store', 'http', os.path.join('api', 'legacy')):
            self.assertIn(folder, self.links)
        self.assertIn('kalima_support', self.links['corpus'][0])
        self.assertIn('kalima_deps::sqlite', self.links['store'][1])
        self.assertGreater(len(list(sources())), 50)

    def test_every_include_is_of_a_linked_folder(self):
        wrong = []
        for folder, path, text in sources():
            for kind, name in includes(text):
                if kind != '"':
                    continue
                target = os.path.dirname(name)
                if not os.path.exists(os.path.join(SRC, name)):
                    wrong.append('%s includes "%s", which is not in src/' % (path, name))
                elif library_of(target) not in self.usable(self.folder_of[library_of(folder)]):
                    wrong.append('%s includes "%s", but %s/CMakeLists.txt does not link %s'
                                 % (path, name, folder, library_of(target)))
        self.assertEqual(wrong, [])

    def test_no_folder_depends_on_itself(self):
        for folder in self.links:
            public, private = self.links[folder]
            for library in public | private:
                reached = set()
                todo = [library]
                while todo:
                    name = todo.pop()
                    if name not in reached:
                        reached.add(name)
                        if name in self.folder_of:
                            todo += set().union(*self.links[self.folder_of[name]])
                self.assertNotIn(library_of(folder), reached, '%s depends on itself by %s' % (folder, library))

    def test_each_library_has_its_one_place(self):
        wrong = []
        for _, path, text in sources():
            path = path.replace(os.sep, '/')
            for _, name in includes(text):
                for pattern, places in ONLY_IN.items():
                    if re.fullmatch(pattern, name) and not any(
                            path == place or place.endswith('/') and path.startswith(place) for place in places):
                        wrong.append('%s includes %s; only %s may' % (path, name, ', '.join(places) or 'nothing in src'))
        self.assertEqual(wrong, [])

    def test_a_library_s_headers_need_its_link(self):
        # What is not linked is found today because all libraries install into one folder.
        wanted = {'httplib.h': 'httplib', 'xapian.h': 'xapian', 'sqlite3.h': 'sqlite', 'nlohmann/': 'json', 'unicode/': 'icu',
                  'spdlog/': 'spdlog', 'CLI/': 'cli11', 'fmt/': 'fmt', 'zlib.h': 'zlib', 'expat.h': 'expat', 'xxhash.h': 'xxhash', 're2/': 're2'}
        wrong = []
        for folder, path, text in sources():
            for kind, name in includes(text):
                for prefix, library in wanted.items():
                    if (kind == '<' and name.startswith(prefix)
                            and 'kalima_deps::' + library not in self.usable(self.folder_of[library_of(folder)])):
                        wrong.append('%s includes <%s>, but %s does not link kalima_deps::%s' % (path, name, folder, library))
        self.assertEqual(wrong, [])

    def test_one_api_never_includes_another(self):
        wrong = []
        for folder, path, text in sources():
            parts = folder.split(os.sep)
            if parts[0] != 'api' or len(parts) < 2:
                continue
            for _, name in includes(text):
                other = name.split('/')
                if other[0] == 'api' and len(other) > 2 and other[1] != parts[1]:
                    wrong.append('%s includes %s' % (path, name))
        self.assertEqual(wrong, [])

    def test_the_old_api_is_known_to_its_own_rooms_only(self):
        found = []
        for _, path, text in sources():
            if path.replace(os.sep, '/').startswith(OLD_PLACES):
                continue
            found += ['%s:%d: %s' % (path, number, line.strip()) for number, line in enumerate(text.split('\n'), 1)
                      if OLD_NAMES.search(line)]
        self.assertEqual(found, [])
        # Nor by way of a link.
        for folder in self.links:
            if folder.split(os.sep)[0] in ('app', 'cli') or folder.startswith(os.path.join('api', 'legacy')):
                continue
            # Files have the form of its verses, no more.
            allowed = ['kalima_api_legacy_verses'] if folder in ('importers', 'exporters') else []
            self.assertEqual([name for name in self.usable(folder) if name.startswith('kalima_api_legacy')], allowed, folder)

    def test_only_the_steps_of_the_schema_and_its_room_know_the_older_api_s_tables(self):
        places = ('api/legacy/verses/layout_tables.', 'store/migrations/')
        found = ['%s: %s' % (path, word) for _, path, text in sources() if not path.replace(os.sep, '/').startswith(places)
                 for word in re.findall(r'legacy_(?:verse|word|segment)\b', text)]
        self.assertEqual(found, [])

    def test_the_lower_layers_know_nothing_of_the_upper(self):
        order = ['support', 'text', 'attributes', 'corpus', 'corpus/columns', 'store', 'index', 'search', 'http',
                 'api/legacy/verses', 'api/legacy/derived', 'api/legacy/search', 'api/legacy', 'app', 'cli']
        # http is next to the corpus, not above it: it may use only support.
        allowed = {library_of(folder.replace('/', os.sep)): i for i, folder in enumerate(order)}
        for folder in order:
            folder = folder.replace('/', os.sep)
            for library in self.usable(folder) & set(allowed):
                self.assertLessEqual(allowed[library], allowed[library_of(folder)], '%s uses %s' % (folder, library))
        self.assertEqual({x for x in self.usable('http') if x in self.folder_of}, {'kalima_http', 'kalima_support'})


if __name__ == '__main__':
    unittest.main()
