#compdef handgrad
# Completion for zsh: commands, options and names, asked of the program itself, so that none stands here.

_handgrad() {
	local command=$words[2]
	local -a offered
	if (( CURRENT == 2 )); then
		offered=(${(f)"$(handgrad --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p')"})
		compadd -a offered
		return
	fi
	if [[ $PREFIX == -* ]]; then
		offered=(${(f)"$(handgrad $command --help 2>/dev/null | sed -n 's/^  *\(-., \)\{0,1\}\(--[a-z-]*=\{0,1\}\).*/\2/p')"})
		compadd -S '' -- ${(M)offered:#*=}
		compadd -- ${offered:#*=}
		return
	fi
	case $command in
	derive) offered=(${(f)"$(handgrad list derivations 2>/dev/null | sed -n 's/^ *\([a-z_0-9]*\) .*/\1/p')"}) ;;
	explain) offered=(${(f)"$(handgrad list slips 2>/dev/null | sed -n 's/^ *\([a-z-]*\) .*/\1/p')"}) ;;
	list) offered=(derivations slips formats choices) ;;
	esac
	compadd -a offered
	case $command in
	explain | list | new | lsp) ;;
	*) _files ;;
	esac
}

_handgrad "$@"
