"""Java for the checkers. They end before compiling their code into the fastest would pay; what is
compiled quickly needs more room for its calls. They say the same in half of the time."""

JAVA = ("java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
