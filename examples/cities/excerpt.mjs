// Writes the excerpt of the cities that the demo carries: every third, by country and region, coordinates in 1/100 degree.
// node examples/cities/excerpt.mjs CITIES.JSON OUTPUT.TSV.GZ, with the file that examples/cities/run fetches.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [input, output] = process.argv.slice(2);
const order = (city) => [city.country, city.admin1, city.name].join("\t");
const lines = JSON.parse(readFileSync(input, "utf8"))
  .filter((_, index) => index % 3 === 0)
  .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
  .map((city) => [city.name, city.country, city.admin1, Math.round(city.lat * 100), Math.round(city.lng * 100)].join("\t"));
const head = [
  "# Cities of the world, from GeoNames (https://www.geonames.org/) by way of cities.json 1.1.64.",
  "# Licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).",
  "# Changed: every third city, sorted, without second-level regions, coordinates rounded to 1/100 degree.",
  "# name, country, region, latitude, longitude",
];
writeFileSync(output, gzipSync([...head, ...lines, ""].join("\n"), { level: 9 }));
console.log(`${lines.length} cities`);
