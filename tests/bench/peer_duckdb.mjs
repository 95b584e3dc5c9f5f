// node peer_duckdb.mjs WHAT IN OUT.csv THREADS: the reference tariff in DuckDB's SQL, exactly.
//   decimal   CSV in; DECIMAL arithmetic, as one would write it
//   integer   CSV in; minor units in BIGINT, the fastest exact form found
//   json      JSON Lines in; the integer form
//   whole     CSV in; the integer form, and all the columns that levy writes by default
// Columns and their types are told, not sniffed; DuckDB is run by its own library inside node.
import { createRequire } from 'node:module';

const [what, input, output, threads] = process.argv.slice(2);
const require = createRequire(process.cwd() + '/node/');
const { DuckDBInstance } = require('@duckdb/node-api');

const names = ['id', 'account', 'time', 'type', 'method', 'country', 'currency', 'to_currency',
  'amount', 'tier'];
const columns = (types = {}) =>
  '{' + names.map((name) => `'${name}':'${types[name] ?? 'VARCHAR'}'`).join(',') + '}';
const csv = (types) => `read_csv('${input}', header=true, auto_detect=false, delim=',',
  quote='"', escape='"', new_line='\\n', columns=${columns(types)})`;
const json = `read_json('${input}', format='newline_delimited', columns=${columns()})`;

// round() on DECIMAL takes ties away from zero; where it did so to an odd digit, one unit back.
const halfEven = (x, digits, unit) => `round(${x}, ${digits}) -
  CASE WHEN round(${x}, ${digits}) - ${x} = ${unit} / 2
        AND (round(${x}, ${digits}) / ${unit})::BIGINT % 2 = 1 THEN ${unit} ELSE 0.00 END`;
const decimal = (source) => `
  WITH priced AS (SELECT *, currency = 'JPY' AS yen, (CASE type
      WHEN 'transaction' THEN amount * (CASE WHEN country = 'US' THEN 0.0290 ELSE 0.0440 END) + 0.30
      WHEN 'conversion' THEN amount * (CASE tier WHEN 'basic' THEN 0.0050
        WHEN 'verified' THEN 0.0040 ELSE 0.0025 END)
      ELSE CASE method
        WHEN 'card' THEN least(greatest(amount * 0.0175,
          CASE WHEN currency = 'JPY' THEN 1 ELSE 0.25 END), 25)
        WHEN 'bank' THEN least(greatest(amount * 0.0100,
          CASE WHEN currency = 'JPY' THEN 1 ELSE 0.50 END), 25)
        ELSE CASE WHEN amount <= 1000 THEN amount * 0.0100
          WHEN amount <= 10000 THEN 10 + (amount - 1000) * 0.0050
          ELSE 55 + (amount - 10000) * 0.0010 END END END)::DECIMAL(18,6) AS raw
    FROM ${source}),
  rounded AS (SELECT *, (CASE WHEN yen THEN ${halfEven('raw', 0, '1.00')}
      ELSE ${halfEven('raw', 2, '0.01')} END)::DECIMAL(18,2) AS full_fee FROM priced),
  charged AS (SELECT *, (CASE WHEN tier <> 'premium' THEN full_fee
      WHEN yen THEN round(full_fee * 0.8, 0) ELSE round(full_fee * 0.8, 2) END)::DECIMAL(18,2) AS fee
    FROM rounded)
  SELECT id, CASE WHEN yen THEN fee::BIGINT::VARCHAR ELSE fee::VARCHAR END AS fee FROM charged`;

// The raw fee in 10^-4 minor units; `unit` is a currency unit in minor units.
const charged = (source) => `
  WITH read AS (SELECT *, currency = 'JPY' AS yen, CASE WHEN currency = 'JPY' THEN 1 ELSE 100 END AS unit,
      replace(amount, '.', '')::BIGINT AS minor FROM ${source}),
  priced AS (SELECT *, CASE type
      WHEN 'transaction' THEN minor * (CASE WHEN country = 'US' THEN 290 ELSE 440 END) + 3000 * unit
      WHEN 'conversion' THEN minor * (CASE tier WHEN 'basic' THEN 50 WHEN 'verified' THEN 40 ELSE 25 END)
      ELSE CASE method
        WHEN 'card' THEN least(greatest(minor * 175, CASE WHEN yen THEN 10000 ELSE 250000 END), 250000 * unit)
        WHEN 'bank' THEN least(greatest(minor * 100, CASE WHEN yen THEN 10000 ELSE 500000 END), 250000 * unit)
        ELSE CASE WHEN minor <= 1000 * unit THEN minor * 100
          WHEN minor <= 10000 * unit THEN minor * 50 + 50000 * unit
          ELSE minor * 10 + 450000 * unit END END END AS raw FROM read),
  rounded AS (SELECT *, (raw + 4999 + (raw // 10000 & 1)) // 10000 AS full_fee FROM priced),
  charged AS (SELECT *, CASE WHEN tier = 'premium' THEN (full_fee * 8 + 5) // 10 ELSE full_fee END AS fee
    FROM rounded)`;
const text = (x) => `CASE WHEN yen THEN (${x})::VARCHAR ELSE ((${x})::DECIMAL(18,0) * 0.01)::VARCHAR END`;
const integer = (source) => `${charged(source)} SELECT id, ${text('fee')} AS fee FROM charged`;
const whole = (source) => `${charged(source)}
  SELECT ${names.join(', ')}, 'ok' AS status, ${text('fee')} AS fee, ${text('minor + fee')} AS debit,
    amount AS credit, currency AS credit_currency, NULL AS other_fees, NULL AS reason FROM charged`;

const question = {
  decimal: () => decimal(csv({ amount: 'DECIMAL(12,2)' })),
  integer: () => integer(csv()),
  json: () => integer(json),
  whole: () => whole(csv()),
}[what]();

const database = await DuckDBInstance.create(':memory:', { threads });
const connection = await database.connect();
await connection.run('SET preserve_insertion_order = true');
await connection.run(`COPY (${question}) TO '${output}' (FORMAT csv, HEADER true)`);
