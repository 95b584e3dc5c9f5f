// The effect on real operations, for people and for programs.
#pragma once

#include "analysis/impact.h"
#include "formats/json_writer.h"
#include "render/page.h"

namespace levy {

void add_impact(Page& page, const Impact& impact, const Currencies& currencies);

// "impact": {"rows", "quoted_by_both", "only_old", "only_new", "neither", "totals": [...],
//  "cells": [...], "tiers": [...], "movers": [...], "faults": [...]}
void write_impact(JsonWriter& json, const Impact& impact, const Currencies& currencies);

}  // namespace levy
