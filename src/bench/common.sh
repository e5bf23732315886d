# Functions of all benchmarks: the build, and servers for one measurement. The benchmarks source this file.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
set -uo pipefail
scratch=$(mktemp -d "${TMPDIR:-/tmp}/rollcall-bench.XXXXXX") # on a disk, because fsync does nothing on a file system in memory
server= servers=()
trap 'stop; rm -rf "$scratch"' EXIT
# Ignores further signals, which would stop the clean-up.
trap 'trap "" INT TERM; exit 130' INT TERM

build() {
  ./mvnw -q -DskipTests package dependency:build-classpath -Dmdep.outputFile="$scratch/classpath" -Dmdep.includeScope=test >&2 || exit
  cp target/rollcall.jar "$scratch/"
  cp -r target/classes target/test-classes "$scratch/"
  bench_classpath=$scratch/test-classes:$scratch/classes:$(<"$scratch/classpath")
}

# start COMMAND...: starts a server on a free port with an empty data folder and waits until it is ready; sets server, port, data, log.
start() {
  data=$(mktemp -d "$scratch/data.XXXX")
  log=$data.log && : >"$log"
  "$@" --server.port=0 --rollcall.data-dir="$data" >"$log" 2>&1 &
  server=$! servers+=($!)
  port=
  until [ -n "$port" ] && curl -fs -o "$scratch/ready" "http://127.0.0.1:$port/actuator/health/readiness"; do
    kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
    port=$(sed -n 's/.*Tomcat started on port \([0-9]*\).*/\1/p' "$log")
    sleep 0.02
  done
}

# Stops all servers.
stop() {
  [ ${#servers[@]} = 0 ] || { kill "${servers[@]}" 2>/dev/null; wait "${servers[@]}"; }
  server= servers=()
}

# Prints the CPU time of a process in microseconds.
cpu_time() {
  awk -v hertz="$(getconf CLK_TCK)" '{ printf "%d\n", ($14 + $15) * 1e6 / hertz }' "/proc/$1/stat"
}

median() {
  sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
