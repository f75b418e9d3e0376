// A text area with lines numbered and problems marked in its own text: beneath it lies the same text, unseen but for the marks.
function makeEditor(area, under, changed, moved) {
	let marks = [];

	// The offset of a place as the language server counts: lines from 0, columns in UTF-16.
	function offsets(text) {
		const starts = [0];
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
			starts.push(at + 1);
		return p => Math.min(text.length, (starts[Math.min(p.line, starts.length - 1)] || 0) + p.character);
	}

	function paint() {
		const text = area.value, lines = [];
		let at = 0;
		for (const line of text.split("\n")) {
			const row = document.createElement("div"), end = at + line.length;
			let from = at;
			for (const mark of marks) {
				const a = Math.max(mark.from, from), b = Math.min(mark.to, end);
				if (a >= b)
					continue;
				const word = document.createElement("mark");
				word.className = mark.kind;
				word.textContent = text.slice(a, b);
				row.append(text.slice(from, a), word);
				from = b;
			}
			row.append(text.slice(from, end) || "\u200b");
			row.className = marks.some(m => m.kind == "error" && m.from <= end && m.to >= at && text.slice(m.from, m.to)) ? "line hurt" : "line";
			lines.push(row);
			at = end + 1;
		}
		under.replaceChildren(...lines);
	}

	// Marks move with the text before them until the next check has looked; what is typed into loses its mark.
	function follow(before, now) {
		let same = 0, tail = 0;
		const most = Math.min(before.length, now.length);
		while (same < most && before[same] == now[same])
			same++;
		while (tail < most - same && before[before.length - 1 - tail] == now[now.length - 1 - tail])
			tail++;
		const end = before.length - tail, by = now.length - before.length;
		marks = marks.filter(m => m.to <= same || m.from >= end)
			.map(m => m.from >= end && end >= same && m.from >= same && m.to > same ? { ...m, from: m.from + by, to: m.to + by } : m);
	}

	let before = area.value;
	area.addEventListener("input", () => {
		follow(before, area.value);
		before = area.value;
		paint();
		changed();
	});
	document.addEventListener("selectionchange", () => {
		if (document.activeElement == area)
			moved(api.markAt(area.selectionStart));
	});
	area.addEventListener("keydown", event => {
		if (event.key == "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey && api.tabs) {
			event.preventDefault();
			document.execCommand("insertText", false, "\t");
		}
		api.tabs = event.key != "Escape"; // Escape, then Tab, leaves
	});

	const api = {
		tabs: true,
		get text() { return area.value; },
		set text(text) {
			area.value = text;
			before = area.value;
			marks = [];
			paint();
			area.setSelectionRange(0, 0);
		},
		mark(found) {
			const offset = offsets(area.value);
			marks = found.map(m => ({ ...m, from: offset(m.range.start), to: offset(m.range.end) }))
				.sort((a, b) => a.from - b.from || b.to - a.to);
			paint();
			return marks;
		},
		markAt(at) {
			const here = marks.filter(m => m.from <= at && at <= m.to);
			return here.sort((a, b) => (a.to - a.from) - (b.to - b.from))[0];
		},
		show(mark) {
			area.focus();
			area.setSelectionRange(mark.from, mark.to);
			const seen = under.querySelectorAll(".line")[mark.range.start.line];
			if (seen)
				seen.scrollIntoView({ block: "center" });
			moved(mark);
		},
		replace(mark, text) { // so that it can be undone
			area.focus();
			area.setSelectionRange(mark.from, mark.to);
			document.execCommand("insertText", false, text);
		},
	};
	paint();
	return api;
}
