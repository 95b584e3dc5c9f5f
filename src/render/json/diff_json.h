// What a change of a tariff does, for programs.
#pragma once

#include "formats/json_writer.h"
#include "render/pages/diff_page.h"

namespace levy::render::json {

// {"same", "old", "new": {"id", "version"}, "nominal_rates", "operations": [{"operation", "in_old",
//  "in_new", "cells", "same", "complete", "changed": [{"cells": [words], "along", "amount", "held":
//  [...], "figures":
//  [{"figure", "currency", "rows": [{"from", "until", "kind", "slope", "base", "least", "most",
//  "before", "after"}]}]}]}], "terms": [...], "text": [...], "other": [...]}
void write_diff(formats::JsonWriter& json, const pages::DiffReport& report);

}  // namespace levy::render::json
