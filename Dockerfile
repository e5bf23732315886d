# docker build -t rollcall .
# docker run --rm -it rollcall hash-password
# docker run --restart unless-stopped -p 8080:8080 -v rollcall:/data -e ROLLCALL_TEACHERS_0_PASSWORD_HASH='{bcrypt}…' rollcall
#
# .ci/dockerfile-by-hand tests this file without Docker. It knows only the instructions that are used here.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn/
COPY src src/
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -DskipTests package
RUN java -Djarmode=tools -jar target/rollcall.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
WORKDIR /rollcall
# The layers that change least come first.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# A training start records the classes that it loads, so that later starts take less than half the time. The JVM and the
# garbage collector must be the same as later. Calling adapters are left out, because JDK 25 confuses two of them and warns.
RUN ROLLCALL_DATA_DIR=training java -XX:+UseG1GC -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching \
      -XX:AOTCacheOutput=rollcall.aot -Dspring.context.exit=onRefresh -jar rollcall.jar && rm -r training
RUN mkdir /data && chown 10001:10001 /data
# No teacher can be at the machine of a container. So the server does not start without a teacher's password.
ENV ROLLCALL_TEACHER_REQUIRED=true
ENV ROLLCALL_DATA_DIR=/data
VOLUME /data
USER 10001:10001
EXPOSE 8080
# With bash, because the image has neither curl nor wget.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/readiness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# G1 explicitly: in a small container the JVM would use the serial collector, which costs 40 % here. Threads, the JIT and SQLite
# need memory besides the heap. The JVM exits when it is out of memory; the store has what was acknowledged. Warnings of the JVM
# go to the error output, so that hash-password prints only the hash.
ENTRYPOINT ["java", "-XX:+UseG1GC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-Xlog:disable", \
  "-Xlog:all=warning:stderr", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching", "-XX:AOTCache=rollcall.aot", "-jar", "rollcall.jar"]
