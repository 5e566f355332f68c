// Bundles the scripts and styles of the report page and of the review page, each into its package's assets/.
//
// The licence texts of every npm package that ends in the bundle are gathered
// and compiled in, so that the page itself can show them, as they require.

import { build } from "esbuild";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const PAGES = [
  { name: "page", script: "src/main.ts", style: "styles/page.css", assets: join(here, "../src/marsad/page/assets") },
  { name: "review", script: "review/main.ts", style: "review/review.css", assets: join(here, "../src/marsad/review/assets") },
];
const ALLOWED = /^(MIT|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0)$/;
const NOTICES = "marsad:notices";

/** The npm packages that the inputs of a build come from. */
function packages(metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) names.add(match[1]);
  }
  return [...names].sort();
}

/** Name, version, licence and licence text of a package; fails where it may not be shipped. */
async function notice(name) {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (!ALLOWED.test(about.license ?? "")) throw new Error(`${name}: licence ${about.license} may not be bundled`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name}: no licence text`);
  return { name, version: about.version, licence: about.license, text: (await readFile(join(folder, file), "utf8")).trim() };
}

/** Gives the module `marsad:notices` its content. */
function noticesPlugin(notices) {
  return {
    name: "notices",
    setup(step) {
      step.onResolve({ filter: /^marsad:notices$/ }, () => ({ path: NOTICES, namespace: "notices" }));
      step.onLoad({ filter: /.*/, namespace: "notices" }, () => ({
        contents: `export default ${JSON.stringify(notices)}`,
        loader: "js",
      }));
    },
  };
}

function options(page, notices) {
  return {
    absWorkingDir: here,
    entryPoints: { [page.name]: page.script },
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    charset: "utf8",
    legalComments: "inline",
    metafile: true,
    write: false,
    outdir: page.assets,
    logLevel: "warning",
    plugins: [noticesPlugin(notices)],
  };
}

for (const page of PAGES) {
  const used = packages((await build(options(page, []))).metafile);
  const result = await build(options(page, await Promise.all(used.map(notice))));
  const style = await build({
    absWorkingDir: here,
    entryPoints: { [page.name]: page.style },
    bundle: true,
    minify: true,
    charset: "utf8",
    write: false,
    outdir: page.assets,
    logLevel: "warning",
  });
  await mkdir(page.assets, { recursive: true });
  for (const file of [...result.outputFiles, ...style.outputFiles]) {
    await writeFile(file.path, file.contents);
    console.log(`${file.path.split("/").at(-1)}: ${(file.contents.length / 1024).toFixed(0)} KiB`);
  }
}
