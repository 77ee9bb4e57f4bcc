#!/usr/bin/env bash
# Runs the tests for Windows under Wine. Usage: tests/Wine/run.sh FOLDER [core|module|pester]... [-- PATTERN...]
#
# FOLDER gets a small Debian with Wine and a copy of the sources, and lies outside of the repository. Both stay there for the next run. Needs
# root, debootstrap and a machine whose own packages come from Debian. The last line is the sum: 'N passed, N failed, N skipped'. What fails
# for what Wine lacks is named in wine-failures.txt, with the reason, and counts as skipped. A pattern is a regular expression of test names.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)

[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2; }
folder=$(realpath -m "$1"); shift
case $folder/ in "$repository"/*) echo 'The folder must lie outside of the repository.' >&2; exit 2 ;; esac
suites=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do suites+=("$1"); shift; done
[ $# -eq 0 ] || shift
[ ${#suites[@]} -gt 0 ] || suites=(core module)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 PATH="$PATH:/usr/sbin"

# Runs a command in the small Debian, with mounts that end with it.
inside() {
    unshare --mount bash -c '
        root=$1; shift
        mount -t proc proc "$root/proc"
        mount --bind /dev "$root/dev"
        mount --bind /dev/pts "$root/dev/pts"
        exec chroot "$root" "$@"' _ "$folder" "$@"
}

wine() {
    # Memory is both writable and executable: Wine cannot map it twice. No AVX: a thread that Wine suspends, as the garbage collector asks for,
    # loses the upper halves of its registers, and a copy of a long text then has zeros in it.
    inside env -i PATH=/usr/bin:/bin HOME=/root LC_ALL=C.UTF-8 TERM=xterm WINEDEBUG=-all XDG_RUNTIME_DIR=/tmp \
        DOTNET_EnableWriteXorExecute=0 DOTNET_EnableAVX=0 "$@"
}

if [ ! -e "$folder/usr/lib/wine" ]; then
    # A machine has some of these files, not all.
    mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null || true; } |
        sed -nE 's/^(URIs:|deb( \[[^]]*\])?) ([^ ]*\/debian)\/?( .*|)$/\3/p' | head -n 1)
    # Wine 8 finds no file for some patterns, and hangs.
    [ -e "$folder/etc/debian_version" ] || debootstrap --variant=minbase trixie "$folder" "$mirror"
    inside apt-get update -qq
    inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wine wine64
fi

# A copy of what is not ignored, with the times of its files, so that a second build has little to do.
work=$folder/work
mkdir -p "$work"
git -C "$repository" ls-files -co --exclude-standard -z |
    (cd "$repository" && while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done) | sort -z >"$folder/files"
tar -C "$repository" --null -T "$folder/files" -cf - | tar -C "$work" -xf -
(cd "$work" && find . \( -name bin -o -name obj \) -prune -o -type f -printf '%P\0' | sort -z | comm -z -23 - "$folder/files" | xargs -0r rm -f)

declare -A projects=([core]=NatsKeys.Core.Tests [module]=NatsKeys.Tests [pester]=NatsKeys.Pester)
dotnet build "$work/src/NatsKeys" -c Release -p:RunAnalyzers=false -v q --nologo
passed=0 failed=0 skipped=0
for suite in "${suites[@]}"; do
    project=${projects[$suite]}
    log=$folder/$project.log
    dotnet publish "$work/tests/$project" -c Release -r win-x64 --self-contained -p:InProcessRunner=true \
        -p:RunAnalyzers=false -o "$work/tests/$project/bin/wine" -v q --nologo

    # A folder for one platform has the modules of PowerShell where the engine does not look for them.
    modules=("$work/tests/$project/bin/wine"/runtimes/win/lib/*/Modules)
    [ ! -d "${modules[0]}" ] || cp -r "${modules[0]}" "$work/tests/$project/bin/wine/"

    # PowerShell wants a terminal, even where nothing is typed.
    rm -f "$log"
    printf -v command '%q ' wine "/work/tests/$project/bin/wine/$project.exe" "Z:\\$project.log" "$@"
    wine script -qec "stty cols 120; $command" /dev/null </dev/null >"$folder/terminal.log" || true

    if ! grep -aqsE '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$log"; then
        tail -n 20 "$folder/terminal.log"
        echo "$project did not run to its end."
        failed=$((failed + 1))
        continue
    fi

    read -r p f s < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$log" | tail -n 1)
    known=0
    while IFS= read -r test; do
        # A file of Pester is known only if each test that failed in it is.
        reason=$(test=$test awk '
            $0 == "FAIL " ENVIRON["test"] { on = 1; next }
            on && !/^    / { exit }
            on && sub(/^    \[-\] /, "") { print ENVIRON["test"] " [-] " $0; parts = 1 }
            END { if (!parts) print ENVIRON["test"] }' "$log" |
            awk -F'\t' -v list="$here/wine-failures.txt" '
                BEGIN { while ((getline <list) > 0) if ($0 !~ /^#/ && NF == 2) known[$1] = $2 }
                { reason = ""; for (name in known) if (index($0, name) == 1) reason = known[name]; if (reason == "") exit }
                END { print reason }')
        if [ -n "$reason" ]; then
            known=$((known + 1))
            echo "Wine: $test: $reason"
        else
            # To the next line that is not indented: the message and the stack.
            awk -v test="FAIL $test" '$0 == test { print; on = 1; next } on && /^    / { print; next } { on = 0 }' "$log"
        fi
    done < <(sed -n 's/^FAIL //p' "$log")
    echo "$project: $p passed, $((f - known)) failed, $s skipped, $known failed for what Wine lacks"
    passed=$((passed + p)) failed=$((failed + f - known)) skipped=$((skipped + s + known))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
