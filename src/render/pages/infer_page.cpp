#include "render/pages/infer_page.h"

#include <algorithm>

#include "base/suggest.h"

namespace levy::render::pages {
namespace {

constexpr std::size_t outliers_shown = 20;

std::string how_many(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

// "payment in EUR, card foreign": what the cell is for.
std::string cell_words(const inference::FeeCell& cell, bool several_currencies) {
  std::string words = cell.operation.empty() ? "any operation" : cell.operation;
  if (several_currencies) words += " in " + cell.currency;
  for (const tables::PriceTest& test : cell.tests)
    words += ", " + test.name + " " + join_or(test.values);
  return words;
}

// How a piece is told: each figure, and how far the rows let it go.
class PieceWords {
 public:
  PieceWords(const inference::FeeCell& cell, const inference::FeePiece& piece)
      : cell_(cell), piece_(piece), digits_(inference::digits_of(cell.currency)) {}

  std::string amounts() const {
    return money(Decimal(piece_.first) * unit()) + " to " + money(Decimal(piece_.last) * unit());
  }

  std::string price() const {
    const inference::FeeLine& line = piece_.line;
    if (line.percent.is_zero()) return money(line.flat) + " " + cell_.currency;
    std::string flat = line.flat.is_zero() ? "" : (line.flat.sign() < 0 ? " - " : " + ");
    Decimal size = line.flat.sign() < 0 ? -line.flat : line.flat;
    return line.percent.to_string() + " %" +
           (flat.empty() ? "" : flat + money(size) + " " + cell_.currency);
  }

  // How far a figure can go while the other one follows it. Nothing: no further than ties let it.
  std::optional<inference::DecimalInterval> percents() const {
    if (piece_.line.percent.is_zero()) return std::nullopt;
    Decimal span = Decimal(piece_.last - piece_.first) * unit();
    if (span.is_zero()) return std::nullopt;
    return inference::decimals_inside(piece_.percents, Rational(unit()) / Rational(span));
  }
  std::optional<inference::DecimalInterval> flats() const {
    if (piece_.line.percent.is_zero()) return std::nullopt;
    return inference::decimals_inside(piece_.flats,
                                      Rational(unit()) * Rational(Decimal::ten_to(-2)));
  }

  std::string open() const {
    if (piece_.line.percent.is_zero()) return "";
    std::optional<inference::DecimalInterval> percent = percents(), flat = flats();
    std::string words = percent
                            ? percent->low.to_string() + " % to " + percent->high.to_string() + " %"
                            : "exactly " + piece_.line.percent.to_string() + " %";
    words += flat ? ", " + money(flat->low) + " to " + money(flat->high)
                  : ", exactly " + money(piece_.line.flat);
    return words;
  }

 private:
  Decimal unit() const { return Decimal::ten_to(-digits_); }
  std::string money(const Decimal& amount) const { return amount.to_string(digits_); }

  const inference::FeeCell& cell_;
  const inference::FeePiece& piece_;
  int digits_;
};

std::string rounding_words(const inference::FeeCell& cell) {
  std::vector<std::string> modes;
  for (RoundingMode mode : cell.fit.modes) modes.emplace_back(to_string(mode));
  int digits = inference::digits_of(cell.currency);
  std::string words = "rounded " + join_or(modes);
  if (cell.fit.rounding.quantum != inference::fee_units)
    words += " to " + Decimal::of(cell.fit.rounding.quantum, 4 + digits).to_string(digits) + " " +
             cell.currency;
  return words + (modes.size() > 1 ? ": the rows do not tell which" : "");
}

std::size_t rows_of(const inference::Inferred& inferred, const inference::FeeCell& cell) {
  std::size_t rows = 0;
  for (std::uint32_t member : cell.members) rows += inferred.observed.all[member].rows;
  return rows;
}

bool has_several_currencies(const inference::Inferred& inferred) {
  return std::any_of(inferred.cells.begin(), inferred.cells.end(),
                     [&](const inference::FeeCell& cell) {
                       return cell.currency != inferred.cells.front().currency;
                     });
}

void add_kind(text::Page& page, const inference::Inferred& inferred,
              const inference::FeeCell& cell) {
  page.push_back(text::Heading{2, cell_words(cell, has_several_currencies(inferred))});
  std::size_t rows = rows_of(inferred, cell);
  if (cell.has_too_little) {
    page.push_back(text::Paragraph{"Too little to tell: " + how_many(rows, "row") +
                                   ", of which no three are explained by one price."});
    return;
  }
  text::Grid grid;
  grid.columns = {"amounts", "price", "also fits", "rows"};
  for (const inference::FeePiece& piece : cell.fit.pieces) {
    PieceWords words(cell, piece);
    grid.row({words.amounts(), words.price(), words.open(), std::to_string(piece.rows)});
  }
  page.push_back(std::move(grid));
  page.push_back(text::Paragraph{how_many(rows, "row") + ", " + rounding_words(cell) + "."});
}

void add_outliers(text::Page& page, const inference::Inferred& inferred) {
  if (inferred.outlier_rows == 0) return;
  page.push_back(text::Heading{2, "Not explained"});
  text::Grid grid;
  grid.columns = {"line", "operation", "amount", "fee", "by this tariff"};
  for (const inference::Outlier& one : inferred.outliers) {
    if (grid.rows.size() == outliers_shown) break;
    grid.row({std::to_string(one.line), one.operation, one.amount, one.fee, one.expected});
  }
  if (inferred.outliers.size() > outliers_shown)
    grid.caption = "The first " + std::to_string(outliers_shown) + " of " +
                   how_many(inferred.outlier_rows, "row") + "; --json lists up to 1,000.";
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

}  // namespace

text::Page infer_page(const inference::Inferred& inferred) {
  text::Page page;
  const inference::Observed& observed = inferred.observed;
  std::string all = std::to_string(inferred.explained_rows) + " of " +
                    how_many(observed.rows, "row") + " explained to the last digit";
  if (inferred.outlier_rows > 0) all += ", " + std::to_string(inferred.outlier_rows) + " not";
  if (inferred.undecided_rows > 0)
    all += ", " + std::to_string(inferred.undecided_rows) + " too few to tell";
  page.push_back(text::Paragraph{all + "."});
  for (const inference::FeeCell& cell : inferred.cells) add_kind(page, inferred, cell);
  add_outliers(page, inferred);
  text::Lines notes;
  if (!inferred.complete)
    notes.item("The work was used up before all was tried; a part of the table may tell more.");
  if (observed.without_fee > 0)
    notes.item(how_many(observed.without_fee, "row") + " without a fee.");
  if (observed.unusable > 0)
    notes.item(how_many(observed.unusable, "row") + " could not be used; the first: " +
               to_string(observed.first_unusable.front().place) + ": " +
               observed.first_unusable.front().message + ".");
  for (const std::string& note : observed.notes) notes.item(note + ".");
  notes.item("Prices go on beyond the amounts of the table, which say nothing of them.");
  notes.item("Fees are taken to be on top of the amount; collect says otherwise.");
  page.push_back(std::move(notes));
  return page;
}

namespace {

void write_interval(formats::JsonWriter& json, std::string_view name,
                    const std::optional<inference::DecimalInterval>& interval) {
  if (!interval) return json.member(name, nullptr);
  json.array(name, [&] {
    json.string(interval->low.to_string());
    json.string(interval->high.to_string());
  });
}

void write_kind(formats::JsonWriter& json, const inference::Inferred& inferred,
                const inference::FeeCell& cell) {
  json.member("operation", cell.operation);
  json.member("currency", cell.currency);
  json.object("attributes", [&] {
    for (const tables::PriceTest& test : cell.tests)
      json.array(test.name, test.values, [&](const std::string& value) { json.string(value); });
  });
  json.count("rows", rows_of(inferred, cell));
  json.member("too_little", cell.has_too_little);
  json.array("rounding", cell.fit.modes, [&](RoundingMode mode) { json.string(to_string(mode)); });
  json.member(
      "to",
      Decimal::of(cell.fit.rounding.quantum, 4 + inference::digits_of(cell.currency)).to_string());
  json.objects("pieces", cell.fit.pieces, [&](const inference::FeePiece& piece) {
    PieceWords words(cell, piece);
    Decimal unit = Decimal::ten_to(-inference::digits_of(cell.currency));
    json.member("from", (Decimal(piece.first) * unit).to_string());
    json.member("until", (Decimal(piece.last) * unit).to_string());
    json.member("percent", piece.line.percent.to_string());
    json.member("flat", piece.line.flat.to_string());
    write_interval(json, "percent_fits", words.percents());
    write_interval(json, "flat_fits", words.flats());
    json.count("rows", piece.rows);
  });
}

}  // namespace

void write_inferred(formats::JsonWriter& json, const inference::Inferred& inferred,
                    const std::string& schedule) {
  schedule.empty() ? json.member("schedule", nullptr) : json.member("schedule", schedule);
  json.count("rows", inferred.observed.rows);
  json.count("explained", inferred.explained_rows);
  json.count("not_explained", inferred.outlier_rows);
  json.count("too_few", inferred.undecided_rows);
  json.count("without_fee", inferred.observed.without_fee);
  json.count("unusable", inferred.observed.unusable);
  json.member("complete", inferred.complete);
  json.objects("cells", inferred.cells,
               [&](const inference::FeeCell& cell) { write_kind(json, inferred, cell); });
  json.objects("outliers", inferred.outliers, [&](const inference::Outlier& one) {
    json.count("line", one.line);
    json.count("rows", one.rows);
    json.member("operation", one.operation);
    json.member("amount", one.amount);
    json.member("fee", one.fee);
    json.member("expected", one.expected);
  });
  json.array("notes", inferred.observed.notes, [&](const std::string& note) { json.string(note); });
}

}  // namespace levy::render::pages
