levy compare withdrawal "100 EUR" webmoney square --at 2026-11-22
