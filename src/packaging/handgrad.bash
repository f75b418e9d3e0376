# Completion for bash: commands, options and names, asked of the program itself, so that none stands here.

_handgrad() {
	local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words
	COMPREPLY=()
	if [ "$COMP_CWORD" = 1 ]; then
		words=$(handgrad --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
	elif [ "${current#-}" != "$current" ]; then
		words=$(handgrad "$command" --help 2>/dev/null | sed -n 's/^  *\(-., \)\{0,1\}\(--[a-z-]*=\{0,1\}\).*/\2/p')
	else
		case $command in
		derive) words=$(handgrad list derivations 2>/dev/null | sed -n 's/^ *\([a-z_0-9]*\) .*/\1/p') ;;
		explain) words=$(handgrad list slips 2>/dev/null | sed -n 's/^ *\([a-z-]*\) .*/\1/p') ;;
		list) words='derivations slips formats choices' ;;
		esac
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
	case $command in
	explain | list | new | lsp) ;;
	*) [ "$COMP_CWORD" = 1 ] || [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
	esac
	if [ ${#COMPREPLY[@]} = 1 ] && [ "${COMPREPLY[0]%=}" != "${COMPREPLY[0]}" ]; then compopt -o nospace 2>/dev/null; fi
}

complete -o filenames -F _handgrad handgrad
