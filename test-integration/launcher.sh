# Sourced by ./demo and ./bench: finds a JDK, builds what has changed, and runs the program.
# Callers set:
#   NAME   how messages call them; what is built for them is remembered in target/NAME
#   ROOT   where the project is
#   PHASE  how far Maven has to go, and what that has to leave behind, below target/, in
#   LEAVES
# Works with bash 3.2, hence on macOS as it comes.

readonly NEEDED=21
readonly WORK=$ROOT/target/$NAME
readonly CLASSPATH_FILE=$WORK/classpath
readonly STAMP=$WORK/stamp
readonly BUILD_LOG=$WORK/build.log

fail() {
  echo "$NAME: $*" >&2
  exit 3
}

# The major version of the JDK in a directory; nothing where there is no JDK.
version_of() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p'
}

is_good() {
  local version
  version=$(version_of "$1")
  [ -n "$version" ] && [ "$version" -ge "$NEEDED" ]
}

# The directory of the JDK that a command belongs to.
home_of() {
  cd -P "$(dirname "$(file_of "$1")")/.." && pwd
}

find_jdk() {
  local home
  if [ -n "${JAVA_HOME:-}" ] && is_good "$JAVA_HOME"; then
    echo "$JAVA_HOME"
    return
  fi
  if command -v javac >/dev/null; then
    home=$(home_of "$(command -v javac)")
    if is_good "$home"; then
      echo "$home"
      return
    fi
  fi
  if [ -x /usr/libexec/java_home ]; then
    home=$(/usr/libexec/java_home -v "$NEEDED+" 2>/dev/null || true)
    if [ -n "$home" ] && is_good "$home"; then
      echo "$home"
      return
    fi
  fi
  for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/homebrew/opt/openjdk* \
    /usr/local/opt/openjdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -d "$home" ] && is_good "$home"; then
      echo "$home"
      return
    fi
  done
}

is_built() {
  local left
  [ -f "$CLASSPATH_FILE" ] && [ -f "$STAMP" ] || return 1
  for left in $LEAVES; do
    [ -e "$ROOT/target/$left" ] || return 1
  done
}

# Directories count too: a file that was deleted makes its directory newer.
is_current() {
  is_built \
    && [ -z "$(find "$ROOT/pom.xml" "$ROOT/src" "$ROOT/test-integration" -newer "$STAMP" -print)" ]
}

build() {
  command -v mvn >/dev/null || fail "Maven is missing: it is built with mvn (3.8.6 or later)"
  mkdir -p "$WORK"
  if is_built; then
    echo "$NAME: building, as something has changed" >&2
  else
    echo "$NAME: building; the first build needs a minute or two and the network" >&2
  fi
  rm -f "$STAMP"
  # The stamp is as old as the start of the build: what changes meanwhile is built the next time.
  touch "$STAMP.new"
  if ! mvn -q -B -f "$ROOT/pom.xml" -Dspotless.check.skip=true -DskipTests "$PHASE" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile="$CLASSPATH_FILE" -Dmdep.includeScope=test >"$BUILD_LOG" 2>&1; then
    cat "$BUILD_LOG" >&2
    fail "the build failed; what Maven said is above, and in $BUILD_LOG"
  fi
  mv "$STAMP.new" "$STAMP"
}

# Runs the program of a class with the arguments that follow. It is built first where that is
# needed, and where the caller does not say "at-once": classes that are older than their sources can
# show the help as well.
launch() {
  local program=$1 when=$2 jdk
  shift 2
  jdk=$(find_jdk)
  [ -n "$jdk" ] || fail "no JDK from $NEEDED on was found: install one, or let JAVA_HOME point to it"
  export JAVA_HOME=$jdk
  if ! { is_built && [ "$when" = at-once ]; } && ! is_current; then
    build
  fi
  # nodelay: the JDK's HTTP server would otherwise wait 40 ms for an acknowledgement, now and then.
  exec "$jdk/bin/java" -Dsun.net.httpserver.nodelay=true -XX:+UseSerialGC "-D$NAME.home=$ROOT" \
    -cp "$ROOT/target/test-classes:$ROOT/target/classes:$(cat "$CLASSPATH_FILE")" \
    "$program" ${1+"$@"}
}
