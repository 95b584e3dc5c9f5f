// What a change of a tariff does, for whoever has to approve it.
#pragma once

#include <vector>

#include "comparison/diff.h"
#include "comparison/impact.h"
#include "formats/json_writer.h"
#include "render/text/page.h"
#include "render/words/diff_terms.h"

namespace levy::render::pages {

struct DiffReport {
  comparison::Diff costs;
  std::vector<words::TermChange> terms;
  std::vector<words::FileChange> files;  // all that differs in the files themselves

  bool is_same() const { return costs.is_same() && terms.empty(); }
};

text::Page diff_page(const DiffReport& report);

// "reading of volume from 10000.01 EUR", "kwh 10.5".
std::string held_words(const comparison::Held& held, const Currencies& currencies);

// "rises by 0.5 % of the amount - 2.50 EUR".
std::string change_words(const comparison::DiffRow& row, Currency currency,
                         const std::string& variable, const Currencies& currencies);

// The effect on real operations, for people and for programs.

void add_impact(text::Page& page, const comparison::Impact& impact, const Currencies& currencies);

// "impact": {"rows", "quoted_by_both", "only_old", "only_new", "neither", "totals": [...],
//  "cells": [...], "tiers": [...], "movers": [...], "faults": [...]}
void write_impact(formats::JsonWriter& json, const comparison::Impact& impact,
                  const Currencies& currencies);

}  // namespace levy::render::pages
