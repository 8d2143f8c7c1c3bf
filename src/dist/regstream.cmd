@echo off
rem The one command of regstream on Windows. See "regstream --help" in README.md for the commands.
rem   JAVA_HOME            the Java to use, 17 or later (default: java on the PATH)
rem   REGSTREAM_JAVA_OPTS  options for the Java machine, such as -Xmx2g
setlocal
set "ROOT=%~dp0"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "JAR="
for %%C in (demo broker replay report) do if "%~1"=="%%C" set "JAR=lib\demo\quarkus-run.jar"
for %%C in (serve user) do if "%~1"=="%%C" set "JAR=lib\service\quarkus-run.jar"
for %%C in (register apply points replay-log -V --version) do if "%~1"=="%%C" set "JAR=lib\tools\regstream-tools.jar"
for %%C in (train export evaluate one-patient calibrate template) do if "%~1"=="%%C" set "JAR=lib\training\regstream-training.jar"
if not defined JAR (
  echo regstream: unknown command %~1; commands: demo broker serve user replay report register apply points replay-log train export evaluate one-patient calibrate template 1>&2
  exit /b 2
)
"%JAVA%" %REGSTREAM_JAVA_OPTS% "-Dregstream.home=%ROOT%." -jar "%ROOT%%JAR%" %*
exit /b %ERRORLEVEL%
