// levy mapping: what a mapping of a table would be, as far as its first rows tell.
#include <unistd.h>

#include "base/text.h"
#include "cli/files.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "facts/mapping_proposal.h"
#include "render/text/diagnostic_json.h"
#include "render/text/diagnostic_text.h"

namespace levy::cli {
namespace {

constexpr std::size_t rows_shown = 5;

// A row as levy reads it by the proposal.
struct ReadRow {
  std::size_t line = 0;
  std::vector<std::pair<std::string, std::string>> fields;
  std::optional<Diagnostic> fault;
};

struct Proposed {
  facts::MappingProposal proposal;
  std::vector<ReadRow> rows;
};

// The first bytes, as many as a proposal looks at.
std::string first_bytes_of(StreamFile& file, bool& is_whole) {
  std::string start(facts::proposal_bytes, '\0');
  std::size_t size = 0;
  is_whole = false;
  while (size < start.size()) {
    std::size_t count = file.read(start.data() + size, start.size() - size);
    is_whole = count == 0;
    if (is_whole) break;
    size += count;
  }
  start.resize(size);
  return start;
}

facts::ProposalQuestion question_for(const std::string& file, const fees::Tariff& tariff) {
  facts::ProposalQuestion question;
  question.file = file;
  question.target = fees::mapping_target(tariff, false);
  for (const fees::Plan& plan : tariff.versions) {
    for (const std::string& name : plan.schedule.operations()) {
      if (!is_among(question.operations, name)) question.operations.push_back(name);
    }
  }
  for (const schedule::Attribute& attribute : tariff.versions.back().schedule.attributes) {
    if (attribute.kind == schedule::Attribute::Kind::listed)
      question.domains.emplace_back(attribute.name, attribute.values);
  }
  return question;
}

// The fields that the mapping names, of the first rows.
std::vector<ReadRow> read_first_rows(const facts::ProposalQuestion& question,
                                     const facts::Mapping& mapping) {
  std::vector<ReadRow> rows;
  formats::NextRow next = facts::read_table_by(&mapping, question.target, question.file,
                                               formats::read_from(question.start));
  formats::Row row;
  while (rows.size() < rows_shown && next(row)) {
    ReadRow& one = rows.emplace_back();
    one.line = row.line;
    one.fault = row.fault;
    if (row.fault) continue;
    for (const facts::FieldMapping& field : mapping.fields)
      one.fields.emplace_back(field.field, std::string(row.text_of(field.field)));
  }
  return rows;
}

Checked<Proposed> propose(const facts::ProposalQuestion& question) {
  Checked<facts::MappingProposal> proposal = facts::propose_mapping(question);
  if (!proposal) return std::move(proposal).faults();
  Checked<facts::Mapping> mapping = facts::load_mapping(Source("the proposal", proposal->json));
  if (!mapping) return std::move(mapping).faults();
  Proposed proposed{std::move(*proposal), {}};
  proposed.rows = read_first_rows(question, *mapping);
  return proposed;
}

// ---- answers -----------------------------------------------------------------------------------

render::text::Grid remarks_grid(const std::vector<facts::MappingProposal::Remark>& remarks) {
  render::text::Grid grid;
  grid.columns = {"", ""};
  for (const facts::MappingProposal::Remark& remark : remarks)
    grid.row({remark.about, remark.says});
  return grid;
}

render::text::Grid rows_grid(const std::vector<ReadRow>& rows) {
  render::text::Grid grid;
  grid.columns = {"Line"};
  for (const ReadRow& row : rows) {
    if (grid.columns.size() > 1) break;
    for (const auto& [field, text] : row.fields) grid.columns.push_back(field);
  }
  for (const ReadRow& row : rows) {
    std::vector<std::string> cells = {std::to_string(row.line)};
    for (const auto& [field, text] : row.fields) cells.push_back(text);
    cells.resize(grid.columns.size());
    grid.row(std::move(cells));
    if (row.fault) grid.rows.back().note = row.fault->message;
  }
  return grid;
}

// What stands beside the mapping, which alone goes to standard output.
std::string remarks_text(const Proposed& proposed) {
  render::text::Page page;
  auto add = [&](const char* heading, render::text::Grid grid) {
    if (grid.rows.empty()) return;
    page.push_back(render::text::Heading{2, heading});
    page.push_back(std::move(grid));
  };
  add("Guessed", remarks_grid(proposed.proposal.guessed));
  add("Left open: write it into the mapping", remarks_grid(proposed.proposal.open));
  add("The first rows, as levy then reads them", rows_grid(proposed.rows));
  return render::text::page_text(page);
}

void write_remarks(formats::JsonWriter& json, std::string_view name,
                   const std::vector<facts::MappingProposal::Remark>& remarks) {
  json.objects(name, remarks, [&](const facts::MappingProposal::Remark& remark) {
    json.member("about", remark.about);
    json.member("says", remark.says);
  });
}

std::string proposed_as_json(const Proposed& proposed, const formats::Node& mapping) {
  formats::JsonWriter json;
  json.object([&] {
    json.key("mapping");
    formats::write_node(json, mapping);
    write_remarks(json, "guessed", proposed.proposal.guessed);
    write_remarks(json, "open", proposed.proposal.open);
    json.objects("rows", proposed.rows, [&](const ReadRow& row) {
      json.count("line", row.line);
      for (const auto& [field, text] : row.fields) json.member(field, text);
      if (row.fault) render::text::write_error(json, {*row.fault}, row.fault->code);
    });
  });
  return json.text() + "\n";
}

}  // namespace

Syntax syntax_of(MappingCommand& command) {
  Syntax syntax{"mapping", translatable("Propose how a table of another program is read"), {}};
  syntax.options.push_back(
      {"FILE", &command.file, translatable("The table, as its author exported it"), true});
  syntax.options.push_back(schedule_argument(command.schedule));
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy mapping export.csv okpay > export.json",
       translatable("a mapping to be completed, and what is left open")},
      {"levy batch okpay export.csv --mapping export.json", translatable("how it is used")}};
  return syntax;
}

int run(const MappingCommand& command) {
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  Checked<std::unique_ptr<StreamFile>> file = StreamFile::open(command.file);
  if (!file) return report_error(file.faults(), command.common);
  bool is_whole = false;
  std::string start = first_bytes_of(**file, is_whole);
  if ((*file)->failed()) return report_error({(*file)->fault()}, command.common);
  facts::ProposalQuestion question = question_for(command.file, *loaded.tariff);
  question.start = start;
  question.is_whole = is_whole;
  Checked<Proposed> proposed = propose(question);
  if (!proposed) return report_error(proposed.faults(), command.common);
  if (command.common.json) {
    Checked<formats::Document> mapping =
        formats::parse_json(Source("the proposal", proposed->proposal.json));
    return print(proposed_as_json(*proposed, mapping->root));
  }
  warn(remarks_text(*proposed));
  return print(proposed->proposal.json);
}

}  // namespace levy::cli
