// FastRows: answers the rows that a lowered curve (lowered_curve.h) can answer, one look-up and a
// few integer operations each; all others are left to the RowEvaluator. It never decides otherwise
// than the RowEvaluator would: a lowered curve is made from the same evaluator, for all rows whose
// words are the same.
//
// Rows come some hundreds at a time and are answered in passes - classes, curves, figures - because
// short loops over what lies in cache are what processors are fast at.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch/fast/bytes.h"
#include "batch/fast/counted_rows.h"
#include "batch/fast/curve_table.h"
#include "batch/fast/plain_forms.h"
#include "batch/fast/row_classes.h"
#include "batch/fast/rows.h"
#include "batch/fast/value_classes.h"
#include "batch/rows/cell_key.h"
#include "batch/rows/lowered_curve.h"
#include "batch/rows/row_evaluator.h"
#include "batch/rows/totals.h"

namespace levy::batch::fast {

class FastRows {
 public:
  FastRows(const fees::Tariff& tariff, const rows::BatchOptions& options,
           const rows::Layout& layout, const rows::RowEvaluator& evaluator,
           rows::SharedCurves& shared, ledger::Ledger* ledger);

  // Can it answer any row of this run?
  bool is_possible() const { return possible_; }
  // Without a text in this column a row is never answered. Where rows can be answered at all.
  std::size_t variable_column() const { return *variable_column_; }
  // How much one row's results may take, and what stands between them.
  std::size_t added_bytes_max() const;

  // Answers what it can of the rows, and counts those towards the totals. 64 bytes are readable
  // from the first of each cell.
  void answer(const Rows& rows);

  // Writes the rows answered last, from one on, up to the first that could not be answered; which
  // that is. Each is a line of the output. `at` has room for the input's columns of each and
  // added_bytes_max() more. `lines`: of JSON, each as it stands in the input.
  std::size_t write(const Rows& rows, std::size_t row, char*& at, const CellSpan* lines = nullptr);
  // The first row's results alone; null: it could not be answered.
  char* write_first(char* at);

  // Why a row of those answered last could not be, its code alone where the message is empty; null:
  // that is not known.
  const Diagnostics* fault_of(std::size_t row) const { return found_[row].fault; }

  void add_to(rows::Totals& totals) const;

 private:
  // What was found of a row.
  struct Found {
    TablePiece* piece = nullptr;
    const Diagnostics* fault = nullptr;  // of a row that could not be answered, where it is known
    std::int64_t n = 0;
    std::int64_t values[rows::first_roundings] = {};  // of its roundings
  };
  // What rows of one cell share; no cell: rows are not counted.
  struct Priced {
    CurveTable* table = nullptr;  // null: not yet known
    CountedCell* cell = nullptr;
  };
  // A column of the output that is not the input's.
  struct Written {
    bool is_figure = false, is_line = false;
    rows::Result result = rows::Result::status;  // of no figure
    std::string member;  // of a line of JSON: its name and what stands around it
  };
  // A column of the input that a row of the output has.
  struct Member {
    std::size_t column = 0;
    std::string name;  // of a line of JSON, and what stands around it
  };

  void find_columns();
  void find_word_sizes();
  std::vector<ColumnRun> in_runs(const std::vector<std::size_t>& columns) const;
  void add_result(rows::Result result, const std::string& member);
  void leave_rewritten(const Rows& rows);
  std::vector<std::size_t> word_columns();
  void find_conditions();
  void add_clock_edges(const schedule::Condition& condition);
  std::uint64_t clock_class(const TimeZone::Local& local) const;
  bool is_asked(const std::string& field) const;
  void check_times(const Rows& rows);
  void find_moments(const Rows& rows);
  std::optional<std::uint64_t> moment_of(std::string_view time) const;
  void find_pieces(const Rows& rows);
  void round_twice();
  void price(const Rows& rows);
  void price_all(const Rows& rows, std::size_t row);
  void put_figures(std::size_t row, const std::int64_t* values);
  void read_variable(const Rows& rows);
  std::int64_t read_in_full(const Rows& rows, std::size_t row, const CurveTable& table) const;
  bool is_billed(const Rows& rows, std::size_t row, const std::int64_t* values) const;
  Priced table_for(const Rows& rows, std::size_t row, std::uint64_t kind);
  void find_reason_size();
  std::size_t judge(std::size_t count, std::size_t row);
  bool judge_one(std::size_t row);
  bool find_values(std::size_t row, const CountedCell& cell, std::int64_t* values);
  bool fill_row(const Found& found, const CountedCell& cell, const std::int64_t* values,
                CountedCell::Row& row) const;
  void keep_fault(const Rows& rows, std::size_t row, std::uint64_t kind, const Diagnostics& faults);
  const Diagnostics* known_fault(const Rows& rows, std::size_t row, std::uint64_t kind) const;
  const Diagnostics* fault_of_text(const Rows& rows, std::size_t row, std::uint64_t kind,
                                   const CurveTable& table);
  fees::Question question_of(const Rows& rows, std::size_t row) const;
  std::string give_value_classes(const Rows& rows, std::size_t row);
  std::optional<rows::LoweredCurve> lower_curve(const fees::ResolvedQuestion& resolved) const;
  struct ResultWriter {
    const Written *first, *last;
    const Figures* figures;
    char divider;
    bool writes_null;
  };
  ResultWriter result_writer() const;
  template <class WriteInput>
  std::size_t write_rows(std::size_t count, std::size_t row, char*& into,
                         WriteInput write_input) const;
  char* write_results(ResultWriter results, const Found& found, std::size_t row, char* at) const;
  std::size_t write_json(const Rows& rows, std::size_t count, std::size_t row, char*& into,
                         const CellSpan* lines) const;
  char* write_members(const Rows& rows, std::size_t row, char* at) const;
  char* write_json_results(const Found& found, std::size_t row, char* at) const;
  char* write_word(const Found& found, rows::Result result, std::size_t row, char* at) const;
  char* write_difference(const Found& found, char* at) const;
  char* write_reason(std::size_t row, char* at) const;

  const fees::Tariff& tariff_;
  const rows::BatchOptions& options_;
  const rows::Layout& layout_;
  const rows::RowEvaluator& evaluator_;
  rows::SharedCurves& shared_;
  rows::CellKey key_;
  bool possible_ = true;
  bool to_json_ = false;
  std::vector<Member> members_;
  std::vector<ColumnRun> input_;  // the input's columns that begin a row of the output
  std::vector<Written> written_;
  std::vector<OutputFigure> asked_;  // of the figures among them, then of those that were billed
  std::optional<std::size_t> time_, variable_column_;
  std::string variable_;  // the quantity; empty: the amount
  bool time_matters_ = false, day_matters_ = false;
  std::vector<std::int64_t> clock_edges_;  // seconds of the day at which some condition changes
  ValueClasses value_classes_;
  std::optional<RowClasses> row_classes_;
  std::vector<Priced> priced_by_kind_;
  struct ClassFault {
    std::unique_ptr<const Diagnostics> faults;
    std::size_t places = 0;  // of the finest amount that had it
  };
  std::unordered_map<std::uint64_t, ClassFault> fault_of_class_;
  // By kind and text of the amount; null: it may be one.
  std::unordered_map<std::string, std::unique_ptr<const Diagnostics>> fault_of_text_;
  std::optional<CurveTables> tables_;
  CurveTable in_full_;  // of words that no lowered curve can be made for: it has no pieces
  std::unordered_map<std::string, Priced> by_key_, by_value_class_;
  CountedRows counted_;
  std::size_t reason_bytes_max_ = 0, words_bytes_max_ = 0;  // of words that are longer than figures
  // Of the rows at hand.
  std::vector<std::uint64_t> moments_;
  PlainTimes times_;
  std::vector<char> has_time_;
  PlainNumbers numbers_;
  std::vector<Found> found_;
  // Where rows are counted: by row, its cell, and which of its tests failed.
  std::vector<CountedCell*> cells_;
  std::vector<std::uint64_t> blocked_;
  std::vector<std::uint32_t> twice_;  // rows that are rounded twice
  std::vector<Figures> figures_;      // by figure asked
};

}  // namespace levy::batch::fast
