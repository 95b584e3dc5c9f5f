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
      per.price = *std::move(price);
  }
  if (const Node* count = node.find("count")) {
    std::optional<std::size_t> at =
        reader.word(*count, "a way of counting blocks", {"started", "complete"});
    if (at && *at == 1) per.count = Per::Count::complete;
  }
  return per;
}

Keys band_keys(bool slab) {
  Keys keys{{"up_to", "below"}, {}};
  for (std::string& key : kind_keys([](const KindRules& rules) { return rules.in_band; }))
    keys.known.push_back(std::move(key));
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
      band.terms = decode_terms(draft, item, {base, base, true});
    }
    bands.push_back(std::move(band));
  }
  return bands;
}

// ---- one for each kind of charge; nothing after a fault -----------------------------------------

template <class Kind>
std::optional<Kind> kind_of_bands(std::vector<Band> bands) {
  if (bands.empty()) return std::nullopt;
  return Kind{std::move(bands)};
}

template <class Kind>
std::optional<Kind> kind_of_rate(Draft& draft, const Node& node, int scale) {
  std::optional<Rate> rate = decode_rate(draft.reader, node, scale);
  if (!rate) return std::nullopt;
  return Kind{*std::move(rate)};
}

template <class Kind>
std::optional<Kind> kind_of_price(Draft& draft, const Node& node) {
  std::optional<Price> price = draft.money().price(node, price_rule);
  if (!price) return std::nullopt;
  return Kind{*std::move(price)};
}

std::optional<Graduated> decode(std::type_identity<Graduated>, Draft& draft, const Node& node,
                                const TermsAre& are) {
  return kind_of_bands<Graduated>(decode_bands(draft, node, are.base, are.base, false));
}

std::optional<Slab> decode(std::type_identity<Slab>, Draft& draft, const Node& node,
                           const TermsAre& are) {
  return kind_of_bands<Slab>(decode_bands(draft, node, are.slab_by, are.base, true));
}

std::optional<Percent> decode(std::type_identity<Percent>, Draft& draft, const Node& node,
                              const TermsAre&) {
  return kind_of_rate<Percent>(draft, node, 100);
}

std::optional<Bps> decode(std::type_identity<Bps>, Draft& draft, const Node& node,
                          const TermsAre&) {
  return kind_of_rate<Bps>(draft, node, 10'000);
}

std::optional<Each> decode(std::type_identity<Each>, Draft& draft, const Node& node,
                           const TermsAre&) {
  return kind_of_price<Each>(draft, node);
}

std::optional<Flat> decode(std::type_identity<Flat>, Draft& draft, const Node& node,
                           const TermsAre&) {
  return kind_of_price<Flat>(draft, node);
}

std::optional<Per> decode(std::type_identity<Per>, Draft& draft, const Node& node,
                          const TermsAre& are) {
  return decode_per(draft, node, are.base);
}

}  // namespace

Terms decode_terms(Draft& draft, const Node& object, const TermsAre& are) {
  Terms terms;
  each_kind([&]<class Kind>(std::type_identity<Kind> kind) {
    const Node* node = object.find(Kind::rules.key);
    if (node == nullptr || (are.in_band && !Kind::rules.in_band)) return;
    if (std::optional<Kind> term = decode(kind, draft, *node, are))
      terms.list.emplace_back(*std::move(term));
  });
  auto bound = [&](const Node& node) { return draft.money().price(node, fee_bound_rule); };
  terms.min = decode_key(object, "min", bound);
  terms.max = decode_key(object, "max", bound);
  return terms;
}

}  // namespace levy
