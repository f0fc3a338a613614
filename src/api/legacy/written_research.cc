#include "api/legacy/written_research.h"

#include "api/legacy/verses/layout_tables.h"
#include "store/research_rows.h"
#include "store/stored_json.h"

namespace kalima::api::legacy {
namespace {

using corpus::ResearchKind;

void add_state(const store::CorpusReader& reader, std::int64_t verse, WrittenResearch& out) {
  out.latest = reader.latest_entry(verse);
  for (std::size_t i = 0; i < out.tags.size(); ++i)
    out.tags[i] =
        store::research_tag(reader.connection(), verse, kinds_shown_with(corpus::all_research_kinds[i]));
}

// One document is in memory as a value at a time: all of them may be large.
void add_documents(const store::CorpusReader& reader, std::int64_t verse, WrittenResearch& out) {
  std::vector<ListText>& lists = out.lists;
  for (const ResearchKind kind : reader.research_lists(verse))
    lists.push_back({kind, corpus::is_list(kind) ? "[" : ""});
  reader.each_document(verse, [&](ResearchKind kind, std::string_view document) {
    for (ListText& list : lists) {
      if (list.kind != kind) continue;
      if (!corpus::is_list(kind) && !list.json.empty()) continue;  // one object
      const auto value = store::readable_json(document);
      out.unreadable = out.unreadable || !value;
      if (!value) continue;
      if (list.json.size() > 1) list.json += ',';
      json::write_sorted(*value, list.json);
    }
  });
  for (ListText& list : lists) {
    if (corpus::is_list(list.kind)) {
      list.json += ']';
    } else if (list.json.empty()) {
      list.json = "{}";
    }
  }
}

}  // namespace

WrittenResearch read_research(const store::CorpusReader& reader, std::int64_t verse) {
  const store::CorpusReader::OneState state(reader);
  WrittenResearch out;
  add_state(reader, verse, out);
  add_documents(reader, verse, out);
  out.odd = odd_research(reader.connection(), verse);
  return out;
}

WrittenResearch read_state(const store::CorpusReader& reader, std::int64_t verse) {
  const store::CorpusReader::OneState state(reader);
  WrittenResearch out;
  add_state(reader, verse, out);
  return out;
}

std::span<const ResearchKind> kinds_shown_with(ResearchKind kind) {
  static constexpr ResearchKind of_pronouns[] = {ResearchKind::pronoun_reference, ResearchKind::hypothesis};
  if (kind == ResearchKind::pronoun_reference) return of_pronouns;
  return std::span(corpus::all_research_kinds).subspan(static_cast<std::size_t>(kind), 1);
}

}  // namespace kalima::api::legacy
