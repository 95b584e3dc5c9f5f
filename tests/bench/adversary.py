#!/usr/bin/env python3
"""A schedule that is hard to validate: 30 fees, 6 attributes, 249 countries.

   python3 tests/bench/adversary.py > adversary.json

Four sets of countries overlap so that every choice of sets is some country's; each attribute is
asked by several fees, mostly two at a time, and the fees are of all kinds. So there are as many
cells as validate looks at, and no two fees can be looked at apart.
"""
import json

COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW").split()
SETS = {name: [code for i, code in enumerate(COUNTRIES) if i >> bit & 1]
        for bit, name in enumerate(("NORTH", "COAST", "UNION", "RISKY"))}
VALUES = {
    "method": ["card", "bank", "cash", "wallet"],
    "channel": ["app", "web", "branch"],
    "segment": ["private", "business", "charity"],
    "speed": ["instant", "same-day", "slow"],
}


def conditions():
    """One choice a fee: sets in turn, beside a value of another attribute in turn."""
    pairs = [(name, value) for name in VALUES for value in VALUES[name]] + [("loyal", True)]
    for i in range(30):
        name, value = pairs[i % len(pairs)]
        when = {name: value}
        if i % 2 == 0:
            when["country"] = "@" + list(SETS)[i // 2 % 4]
        yield when


def charge(i):
    kinds = [
        {"percent": f"{i % 4 + 1}.{i % 9 + 1}", "min": f"0.{10 + i} EUR", "max": f"{20 + i} EUR"},
        {"flat": f"{1 + i % 3}.{10 + i} EUR"},
        {"slab": [{"up_to": f"{100 + i} EUR", "flat": "0.50 EUR"},
                  {"up_to": f"{1000 + i} EUR", "flat": "1.50 EUR"}, {"flat": "3.00 EUR"}]},
        {"graduated": [{"up_to": f"{200 + i} EUR", "percent": "0.5"},
                       {"up_to": f"{5000 + i} EUR", "percent": "0.3"}, {"percent": "0.1"}]},
        {"bps": str(5 + i), "flat": "0.05 EUR"},
    ]
    return kinds[i % len(kinds)]


fees = [{"id": f"fee-{i}", "operation": "pay", "when": when, **charge(i)}
        for i, when in enumerate(conditions())]
print(json.dumps({
    "levy": 1, "id": "adversary", "currency": "EUR",
    "attributes": {**VALUES, "loyal": "boolean"},
    "sets": SETS,
    "fees": fees,
}, indent=1))
