// node run.js PROGRAM.JS HANDGRAD.WASM: runs the program of the page as its worker does. On standard input one question as
// JSON a line; on standard output its answer, with the milliseconds it took.
"use strict";
const fs = require("fs");
const startProgram = new Function(fs.readFileSync(process.argv[2], "utf8") + "\nreturn startProgram;")();
const module_ = new WebAssembly.Module(fs.readFileSync(process.argv[3]));
let program = startProgram(module_);
for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
	const began = performance.now();
	let answer;
	try {
		answer = program.ask(JSON.parse(line));
	} catch (why) {
		answer = { failed: true, why: String(why) };
		program = startProgram(module_);
	}
	fs.writeSync(1, JSON.stringify({ ...answer, ms: performance.now() - began }) + "\n");
}
