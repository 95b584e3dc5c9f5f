"""peer_decimal.py IN.csv OUT.csv: the reference tariff with Python's csv and decimal modules.

Exact, and written from tests/bench/reference.json with no regard for speed beyond the usual care.
"""
import csv
import sys
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

RATES = {"home": Decimal("0.029"), "abroad": Decimal("0.044")}
CONVERSION = {"basic": Decimal("0.005"), "verified": Decimal("0.004"), "premium": Decimal("0.0025")}
FLAT, MAX, KEPT = Decimal("0.30"), Decimal(25), Decimal("0.8")
RATE = {"card": Decimal("0.0175"), "bank": Decimal("0.01")}
MIN = {("card", False): Decimal("0.25"), ("bank", False): Decimal("0.50"),
       ("card", True): Decimal(1), ("bank", True): Decimal(1)}
CENT, YEN = Decimal("0.01"), Decimal(1)
EDGE1, EDGE2 = Decimal(1000), Decimal(10000)
BAND1, BAND2, BAND3 = Decimal("0.01"), Decimal("0.005"), Decimal("0.001")
FULL1 = EDGE1 * BAND1
FULL2 = FULL1 + (EDGE2 - EDGE1) * BAND2


def graduated(amount):
    if amount <= EDGE1:
        return amount * BAND1
    if amount <= EDGE2:
        return FULL1 + (amount - EDGE1) * BAND2
    return FULL2 + (amount - EDGE2) * BAND3


def fee_of(kind, method, country, currency, amount, tier):
    unit = YEN if currency == "JPY" else CENT
    if kind == "transaction":
        fee = amount * RATES["home" if country == "US" else "abroad"] + FLAT
    elif kind == "conversion":
        fee = amount * CONVERSION[tier]
    elif method == "wallet":
        fee = graduated(amount)
    else:
        fee = min(max(amount * RATE[method], MIN[method, currency == "JPY"]), MAX)
    fee = fee.quantize(unit, ROUND_HALF_EVEN)
    return (fee * KEPT).quantize(unit, ROUND_HALF_UP) if tier == "premium" else fee


with open(sys.argv[1], newline="") as rows, open(sys.argv[2], "w") as answers:
    reader = csv.reader(rows)
    next(reader)
    answers.write("id,fee\n")
    for row_id, _, _, kind, method, country, currency, _, amount, tier in reader:
        fee = fee_of(kind, method, country, currency, Decimal(amount), tier)
        answers.write(f"{row_id},{fee}\n")
