// Runs the program beside the page, so that typing never waits. In: {module} once, then {id, question}; out: {id, answer, ms}.
let module, program;

onmessage = ({ data }) => {
	if (data.module) {
		module = data.module;
		return;
	}
	const began = performance.now();
	let answer;
	try {
		program = program || startProgram(module);
		answer = program.ask(data.question);
	} catch (why) { // its memory is as it was when it fell: the next question gets a fresh one
		program = null;
		answer = { failed: true, why: String(why) };
	}
	postMessage({ id: data.id, answer, ms: performance.now() - began });
};
