// The terms that charges and bands share, and the bands of `graduated` and `slab`.
#include "schedule/decode_parts.h"

namespace levy {
namespace {

std::optional<Per> decode_per(Draft& draft, const Node& node, Measured base) {
  Reader& reader = draft.reader;
  if (!reader.object(node, "\"per\"", {{"every", "charge", "count"}, {}})) return std::nullopt;
  Per per;
  per.place = reader.place(node);
  const Node* every = reader.need(node, "every", "say how large a block is");
  if (every != nullptr) {
    if (std::optional<Figure> figure = draft.money().figure(*every, base, block_rule))
      per.every = *std::move(figure);
  }
  const Node* charge = reader.need(node, "charge", "say what a block costs");
  if (charge != nullptr) {
    if (std::optional<Price> price = draft.money().price(*charge, price_rule))
      per.charge = *std::move(price);
  }
  if (const Node* count = node.find("count")) {
    std::optional<std::size_t> at =
        reader.word(*count, "a way of counting blocks", {"started", "complete"});
    if (at && *at == 1) per.count = Per::Count::complete;
  }
  return per;
}

Keys band_keys(bool slab) {
  Keys keys{{"up_to", "below", "percent", "bps", "each", "per", "flat"}, {}};
  if (slab) {
    keys.known.insert(keys.known.end(), {"min", "max"});
  } else {
    constexpr const char* remedy = "it bounds the whole charge; put it beside \"graduated\"";
    keys.elsewhere = {{"min", remedy}, {"max", remedy}};
  }
  keys.elsewhere.emplace_back("from",
                              "a band begins where the one before it ends; write where "
                              "this one ends, \"up_to\" or \"below\"");
  keys.elsewhere.emplace_back("above", keys.elsewhere.back().second);
  return keys;
}

// Where the band ends.
void decode_bound(Draft& draft, const Node& node, Measured bounds, bool last, Band& band) {
  const Member *up_to = find_member(node, "up_to"), *below = find_member(node, "below");
  if (up_to != nullptr && below != nullptr) {
    const Member& second = up_to->key_begin < below->key_begin ? *below : *up_to;
    draft.reader.fault(second, Code::conflicting_keys, "a band has one end, and this one has two",
                       "keep \"up_to\", which includes its bound, or \"below\", which does not");
    return;
  }
  const Member* bound = up_to != nullptr ? up_to : below;
  if (bound != nullptr) {
    band.inclusive = up_to != nullptr;
    band.bound = draft.money().figure(bound->value, bounds, bound_rule);
  } else if (!last) {
    draft.reader.fault(node, Code::missing_key, "the band has no end, and another one follows it",
                       "give it \"up_to\" or \"below\"; only the last band may be open");
  }
}

}  // namespace

Terms decode_terms(Draft& draft, const Node& object, Measured base) {
  Terms terms;
  auto price = [&](const Node& node) { return draft.money().price(node, price_rule); };
  auto bound = [&](const Node& node) { return draft.money().price(node, fee_bound_rule); };
  terms.percent = decode_key(
      object, "percent", [&](const Node& node) { return decode_rate(draft.reader, node, 100); });
  terms.bps = decode_key(object, "bps",
                         [&](const Node& node) { return decode_rate(draft.reader, node, 10000); });
  terms.each = decode_key(object, "each", price);
  terms.flat = decode_key(object, "flat", price);
  terms.per =
      decode_key(object, "per", [&](const Node& node) { return decode_per(draft, node, base); });
  terms.min = decode_key(object, "min", bound);
  terms.max = decode_key(object, "max", bound);
  return terms;
}

std::vector<Band> decode_bands(Draft& draft, const Node& node, Measured bounds, Measured base,
                               bool slab) {
  std::vector<Band> bands;
  if (!draft.reader.expect_items(node,
                                 "list at least one band, {\"up_to\": \"100 EUR\", "
                                 "\"percent\": \"1\"}"))
    return bands;
  for (const Node& item : node.items) {
    Band band;
    band.place = draft.reader.place(item);
    if (draft.reader.object(item, slab ? "a band of \"slab\"" : "a band of \"graduated\"",
                            band_keys(slab))) {
      check_band_keys(draft, item, base);
      decode_bound(draft, item, bounds, &item == &node.items.back(), band);
      band.terms = decode_terms(draft, item, base);
    }
    bands.push_back(std::move(band));
  }
  return bands;
}

}  // namespace levy
