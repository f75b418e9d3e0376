// The page: what is typed is checked in a worker, marked in the sheet, and reported beside it. Nothing leaves the computer.
"use strict";
const at = id => document.getElementById(id);
const SOON = 150, LONG = 4000; // ms: after the last key; what a check may take once a newer text waits

// ---- the worker: one question at a time ----

let module, worker, busy = null, waiting = [], began = 0, asked = 0;

function hire() {
	const url = URL.createObjectURL(new Blob([at("worker").textContent], { type: "text/javascript" }));
	worker = new Worker(url);
	URL.revokeObjectURL(url);
	worker.onmessage = ({ data }) => {
		const done = busy;
		busy = null;
		next();
		if (done && done.id == data.id)
			done.then({ ...data.answer, ms: data.ms });
	};
	worker.postMessage({ module });
}

function next() {
	if (busy || !worker || !waiting.length)
		return;
	busy = waiting.shift();
	began = performance.now();
	worker.postMessage({ id: busy.id, question: busy.question });
}

// Of several texts that wait the last one is checked; a check that takes long is given up for it.
function ask(question, then) {
	const newest = question.ask == "check";
	if (newest)
		waiting = waiting.filter(w => w.question.ask != "check");
	waiting.push({ id: ++asked, question, then });
	if (newest && busy && busy.question.ask == "check" && performance.now() - began > LONG) {
		worker.terminate();
		busy = null;
		hire();
	}
	next();
}

async function start() {
	const packed = Uint8Array.from(atob(at("packed").textContent), c => c.charCodeAt(0));
	const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
	module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
	hire();
	check();
	ask({ ask: "pages" }, answer => at("codes").append(...answer.codes.map(code => new Option(code, code))));
}

// ---- the report ----

// The frame is filled once, with style and font; after that its content alone is put in place, so that nothing jumps.
function showReport(html) {
	const frame = at("paper-report"), inside = frame.contentDocument;
	if (!inside || !inside.querySelector("main")) {
		frame.srcdoc = html;
		return;
	}
	const fresh = new DOMParser().parseFromString(html, "text/html"), open = [...inside.querySelectorAll("details[open] > summary")].map(s => s.textContent);
	for (const summary of fresh.querySelectorAll("details > summary"))
		if (open.includes(summary.textContent))
			summary.parentNode.open = true;
	inside.body.replaceChildren(...[...fresh.body.childNodes].map(node => inside.adoptNode(node)));
	inside.title = fresh.title;
}

function showCard(mark) {
	const inside = at("paper-report").contentDocument, card = inside && mark.data != null && inside.getElementById("r0-f" + mark.data);
	if (card)
		card.scrollIntoView({ block: "center" });
}

// ---- checking ----

let name = "sheet.md", timer = 0, marks = [];
const KINDS = { 1: "error", 2: "warning", 3: "doubt" };

function question() {
	return { ask: "check", name, text: editor.text, options: { detail: at("detail").value, seed: at("seed").value || "1" } };
}

function check() {
	if (!module)
		return;
	at("state").textContent = "Checking";
	const checked = editor.text;
	ask(question(), answer => {
		document.body.dataset.fresh = editor.text == checked;
		if (answer.failed) {
			at("state").textContent = "This sheet could not be checked" + (answer.why ? ": " + answer.why : "");
			at("state").className = "bad";
			return;
		}
		marks = editor.mark(answer.marks.map(m => ({ ...m, kind: KINDS[m.severity] })));
		showReport(answer.html);
		showState(answer);
		showProblems();
	});
}

function showState(answer) {
	const n = answer.count, right = n["agrees"] + n["agrees-up-to-notation"], open = n["cannot-tell"] + n["cannot-read"];
	const said = [];
	if (answer.refused)
		said.push("an option wants " + answer.refused);
	if (right)
		said.push(`${right} agree${right == 1 ? "s" : ""}`);
	if (n.disagrees)
		said.push(`${n.disagrees} disagree${n.disagrees == 1 ? "s" : ""}`);
	if (open)
		said.push(`${open} open`);
	at("state").textContent = said.join(", ") || "Nothing to check yet";
	at("state").className = n.disagrees ? "bad" : open ? "doubt" : right ? "good" : "";
	at("state").dataset.ms = Math.round(answer.ms);
	document.querySelector("#tabs [data-side=report]").textContent = n.disagrees + open ? `Report (${n.disagrees + open})` : "Report";
}

function changed() {
	document.body.dataset.fresh = false;
	clearTimeout(timer);
	timer = setTimeout(check, SOON);
	remember();
}

// ---- the problems under the sheet ----

function button(words, act) {
	const made = document.createElement("button");
	made.type = "button";
	made.textContent = words;
	made.addEventListener("click", act);
	return made;
}

function showProblems() {
	const list = document.createElement("ol");
	for (const mark of marks) {
		const item = document.createElement("li"), [title, ...rest] = mark.message.split("\n");
		const go = button("", () => { editor.show(mark); showCard(mark); });
		go.className = mark.kind;
		go.append(Object.assign(document.createElement("b"), { textContent: mark.range.start.line + 1 }), " " + title);
		item.append(go);
		item.dataset.data = mark.data;
		if (rest.length)
			item.append(Object.assign(document.createElement("p"), { textContent: rest.join(" ") }));
		const ways = document.createElement("p");
		ways.className = "ways";
		if (mark.code)
			ways.append(button("What is this?", () => showPage(mark.code)));
		if (mark.kind == "error" && at("detail").value == "full")
			ways.append(button("Repair", () => repair(mark)));
		item.append(ways);
		list.append(item);
	}
	at("problems").replaceChildren(...(marks.length ? [list] : []));
}

function moved(mark) {
	for (const item of at("problems").querySelectorAll("li")) {
		const here = !!mark && item.dataset.data == mark.data;
		if (here && !item.classList.contains("here"))
			item.scrollIntoView({ block: "nearest" });
		item.classList.toggle("here", here);
	}
}

// Only what makes the line agree is offered.
function repair(mark) {
	const { start, end } = mark.range;
	ask({ ask: "mend", line: start.line, character: start.character, end_line: end.line, end_character: end.character }, answer => {
		const edit = (answer.edits || []).flatMap(e => Object.values(e.edit.changes)[0])[0];
		if (edit) {
			const [target] = editor.mark([...marks.filter(m => m != mark), { ...mark, range: edit.range, wanted: true }]).filter(m => m.wanted);
			editor.replace(target, edit.newText);
		} else
			at("state").textContent = "No single repair makes this line agree";
	});
}

// ---- pages ----

function showPage(code) {
	ask({ ask: "explain", code }, ({ page }) => {
		const parts = page.split(/\n{2,}(?=\S)|\n\n(?=    )/).map(part => {
			const made = document.createElement(/^    /.test(part) ? "pre" : "p");
			made.textContent = part.replace(/\s+$/, "");
			return made;
		});
		if (parts[0])
			parts[0].className = "title";
		at("page-text").replaceChildren(...parts);
		at("codes").value = code;
		if (!at("pages").open)
			at("pages").showModal();
		at("page-text").scrollTop = 0;
	});
}

// ---- files ----

function save(as, bytes, type) {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([bytes], { type }));
	link.download = as;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function saveReport(form, type) {
	const stem = name.replace(/\.[^.]*$/, "");
	ask(question(), () => ask({ ask: "report", form }, answer => save(`${stem}.${form}`, answer.bytes, type)));
}

function open(as, text) {
	name = as;
	document.title = name + " - handgrad";
	editor.text = text;
	document.body.dataset.fresh = false;
	at("scroll").scrollTop = 0;
	check();
	remember();
}

async function openFile(file) {
	if (file)
		open(file.name, await file.text());
}

// What was typed last is there again; a browser that keeps nothing for files on disk does without.
function remember() {
	try { localStorage.setItem("handgrad", JSON.stringify({ name, text: editor.text })); } catch { /* nothing is kept */ }
}

function recall() {
	try { return JSON.parse(localStorage.getItem("handgrad")); } catch { return null; }
}

// ---- all together ----

const editor = makeEditor(at("text"), at("under"), changed, moved), sheets = JSON.parse(at("sheets").textContent);
for (const sheet of sheets)
	at("examples").append(new Option(sheet.title, sheet.name));
at("examples").addEventListener("change", event => {
	const sheet = sheets.find(s => s.name == event.target.value);
	if (sheet)
		open(sheet.name, sheet.text);
	event.target.value = "";
});
at("open").addEventListener("click", () => at("file").click());
at("file").addEventListener("change", event => openFile(event.target.files[0]));
at("save").addEventListener("click", () => save(name, editor.text, "text/plain"));
at("new").addEventListener("click", () => open("sheet.md", ""));
at("keep-html").addEventListener("click", () => saveReport("html", "text/html"));
at("keep-json").addEventListener("click", () => saveReport("json", "application/json"));
for (const option of ["detail", "seed"])
	at(option).addEventListener("change", changed);
at("help").addEventListener("click", () => showPage("sign"));
at("codes").addEventListener("change", event => showPage(event.target.value));
at("more").querySelector(".menu").addEventListener("click", event => { at("more").open = !(event.target instanceof HTMLButtonElement); });
document.addEventListener("click", event => { if (!at("more").contains(event.target)) at("more").open = false; });
document.addEventListener("dragover", event => event.preventDefault());
document.addEventListener("drop", event => { event.preventDefault(); openFile(event.dataTransfer.files[0]); });
document.addEventListener("keydown", event => {
	if (event.key == "s" && (event.ctrlKey || event.metaKey)) {
		event.preventDefault();
		at("save").click();
	}
});
for (const tab of document.querySelectorAll("#tabs button"))
	tab.addEventListener("click", () => {
		document.body.dataset.side = tab.dataset.side;
		for (const other of document.querySelectorAll("#tabs button"))
			other.setAttribute("aria-pressed", other == tab);
	});
const kept = recall();
if (kept && kept.text)
	open(kept.name, kept.text);
else
	open(sheets[0].name, sheets[0].text);
start().catch(why => {
	at("state").className = "bad";
	at("state").textContent = "This browser cannot run it: " + why.message;
});
