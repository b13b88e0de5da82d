-- Sets paragraphs and tells where their lines end. See breaks.tex.
local job = dofile("job.lua")
local compare_char = luatexbase.new_attribute("compare_char")
local GLYPH, DISC, HLIST = node.id("glyph"), node.id("disc"), node.id("hlist")
local plain = luatexbase.registernumber("catcodetable@string")
local lines = {} -- tokens of the job
local out = io.open(job.output, "w")
compare = {}

-- Every character gets its number before shaping, which keeps attributes. Then the patterns at work mark the hyphens.
local function hyphenate(head, tail)
	local number = 0
	for n in node.traverse_id(GLYPH, head) do
		number = number + 1
		node.set_attribute(n, compare_char, number)
	end
	lang.hyphenate(head, tail)
	for n in node.traverse_id(DISC, head) do
		local behind = n.next
		if behind and behind.id == GLYPH and behind.char >= 0x30 and behind.char <= 0x39 then
			n.penalty = 10000 -- "RAID-1" is no compound: UAX 14 has no break there, and ours none
		end
	end
end

local function first_char(list)
	for n in node.traverse(list) do
		local found
		if n.id == GLYPH then
			found = node.has_attribute(n, compare_char)
		elseif n.id == DISC then
			found = n.replace and first_char(n.replace)
		elseif n.id == HLIST then
			found = first_char(n.head)
		end
		if found and found > 0 then return found end
	end
end

-- Numbers of the characters with which lines begin, the first left out; then whether a line is too wide.
function compare.report(box, paragraph, width)
	local parts = {}
	local first = true
	for n in node.traverse_id(HLIST, tex.box[box].head) do
		local number = first_char(n.head)
		if not first then parts[#parts + 1] = tostring(number and number - 1 or "?") end
		first = false
	end
	out:write(string.format("%d %s %s\n", paragraph, width, table.concat(parts, " ")))
end

local function speak(language, file)
	local l = lang.new()
	local patterns = {}
	for line in io.lines(file) do patterns[#patterns + 1] = line end
	lang.patterns(l, table.concat(patterns, " "))
	lang.prehyphenchar(l, 0x2010)
	lang.hyphenationmin(l, 6)
	for code = 0xC0, 0x17F do
		if code ~= 0xD7 and code ~= 0xF7 then lang.sethjcode(l, code, utf8.codepoint(unicode.utf8.lower(utf8.char(code)))) end
	end
	for code = 0x41, 0x5A do
		lang.sethjcode(l, code, code + 32)
		lang.sethjcode(l, code + 32, code + 32)
	end
	return lang.id(l)
end

function compare.begin()
	luatexbase.add_to_callback("hyphenate", hyphenate, "compare.hyphenate")
	local text = {
		string.format("\\font\\face=\"[%s]:mode=harf;script=latn\" at %spt \\face", job.font, job.size),
		string.format("\\language=%d \\lefthyphenmin=2 \\righthyphenmin=3 ", speak(job.language, job.patterns)),
		"\\hbadness=10000 \\vbadness=10000 \\hfuzz=\\maxdimen \\emergencystretch=0pt ",
		"\\pretolerance=100 \\tolerance=200 \\linepenalty=10 \\hyphenpenalty=50 \\exhyphenpenalty=50 ",
		"\\adjdemerits=10000 \\doublehyphendemerits=10000 \\finalhyphendemerits=5000 ",
		job.settings, job.tolerance and string.format("\\tolerance=%d ", job.tolerance) or "",
	}
	tex.print(table.concat(text))
end

local function put_text(text)
	local from = 1
	while true do
		local at = text:find("\u{A0}", from, true)
		tex.sprint(plain, text:sub(from, at and at - 1))
		if not at then return end
		tex.sprint("\\nobreak\\ ")
		from = at + 2
	end
end

function compare.all()
	local number = 0
	for line in io.lines(job.paragraphs) do
		local text = line:match("\t(.*)")
		for _, width in ipairs(job.widths) do
			tex.sprint(string.format("\\setbox0\\vbox{\\hsize=%spt %s", width, job.each[width] or ""))
			put_text(text)
			tex.sprint(string.format("\\par}\\directlua{compare.report(0,%d,'%s')}", number, width))
		end
		number = number + 1
	end
end

function compare.close()
	tex.sprint("\\directlua{compare.done()}")
end

function compare.done()
	out:close()
end
