# Completion for fish: commands, options and names, asked of the program itself, so that none stands here.

function __handgrad_command
	set -l words (commandline -opc)
	test (count $words) -gt 1; and echo $words[2]
end

function __handgrad_options
	handgrad (__handgrad_command) --help 2>/dev/null | sed -n 's/^  *\(-., \)\{0,1\}\(--[a-z-]*=\{0,1\}\).*/\2/p'
end

function __handgrad_names
	switch (__handgrad_command)
		case ''
			handgrad --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p'
		case derive
			handgrad list derivations 2>/dev/null | sed -n 's/^ *\([a-z_0-9]*\) .*/\1/p'
		case explain
			handgrad list slips 2>/dev/null | sed -n 's/^ *\([a-z-]*\) .*/\1/p'
		case list
			printf '%s\n' derivations slips formats choices
	end
end

complete -c handgrad -f -a '(__handgrad_names)'
complete -c handgrad -n 'string match -q -- "-*" (commandline -ct)' -a '(__handgrad_options)'
complete -c handgrad -n 'contains -- (__handgrad_command) check derive grade merge watch' -F
