# The lines of a text file as the lines of a C string.
s/[\\"]/\\&/g
s/^[[:blank:]]*/"/
s/$/\\n"/
