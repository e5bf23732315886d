# docker build -t rollcall .
# docker run --rm -it rollcall hash-password
# docker run --restart unless-stopped -p 8080:8080 -v rollcall:/data -e ROLLCALL_TEACHERS_0_PASSWORD_HASH='{bcrypt}…' rollcall
#
# .ci/dockerfile-by-hand does what stands here without Docker, to see that it works; it knows the instructions used so far.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn/
COPY src src/
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -DskipTests package
RUN java -Djarmode=tools -jar target/rollcall.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
WORKDIR /rollcall
# What changes least comes first.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# One start, to remember the classes it loads: the next ones need less than half the work. The JVM must be the one that
# runs later, with the same garbage collector. Calling adapters are left out: JDK 25 confuses two of them, and warns.
RUN ROLLCALL_DATA_DIR=training java -XX:+UseG1GC -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching \
      -XX:AOTCacheOutput=rollcall.aot -Dspring.context.exit=onRefresh -jar rollcall.jar && rm -r training
RUN mkdir /data && chown 10001:10001 /data
# Nobody sits at a container's machine: without a teacher's password it does not start, and says so.
ENV ROLLCALL_TEACHER_REQUIRED=true
ENV ROLLCALL_DATA_DIR=/data
VOLUME /data
USER 10001:10001
EXPOSE 8080
# The image has neither curl nor wget, but bash.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/readiness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# G1 by name: the JVM takes the serial collector in a small container, which costs 40 % here. Threads, the JIT and SQLite
# need memory besides the heap. A JVM without memory left goes, and the store has kept what was acknowledged. The JVM's own
# warnings go to the error output: hash-password prints the hash alone.
ENTRYPOINT ["java", "-XX:+UseG1GC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-Xlog:disable", \
  "-Xlog:all=warning:stderr", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching", "-XX:AOTCache=rollcall.aot", "-jar", "rollcall.jar"]
