// Two independent judges of xAPI statements: a statement a line in, a line of [judge, errors] pairs out.
const judges = ["xapi-validation", "@learninglocker/xapi-validation"].map((name) => [name, require(name).default]);
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter((line) => line);
for (const line of lines) {
  const statement = JSON.parse(line);
  console.log(JSON.stringify(judges.map(([name, judge]) => [name, judge(statement).length])));
}
