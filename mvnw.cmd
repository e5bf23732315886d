@echo off
rem Runs Maven like mvnw: the one on PATH if it is new enough, else the one that .mvn\wrapper\maven-wrapper.properties
rem names. It is downloaded once, compared with its checksum and kept in .m2\wrapper\dists of the user's folder.
rem The lines after :powershell find Maven and print its path.
setlocal
set "MVNW_SCRIPT=%~f0"
set "MVNW_MAVEN="
for /f "usebackq delims=" %%m in (`powershell -NoProfile -ExecutionPolicy Bypass -Command "Invoke-Expression ((Get-Content -Raw -LiteralPath $env:MVNW_SCRIPT) -split ':powershell\r?\n')[-1]"`) do set "MVNW_MAVEN=%%m"
if not defined MVNW_MAVEN exit /b 1
call "%MVNW_MAVEN%" %*
exit /b %ERRORLEVEL%

:powershell
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Fail($text) {
	[Console]::Error.WriteLine("mvnw: $text")
	exit 1
}

try {
	$wrapper = Join-Path (Split-Path $env:MVNW_SCRIPT) '.mvn\wrapper\maven-wrapper.properties'
	$property = ConvertFrom-StringData (Get-Content -Raw -LiteralPath $wrapper)

	$javac = if ($env:JAVA_HOME) { Join-Path $env:JAVA_HOME 'bin\javac.exe' } else { 'javac.exe' }
	if (-not (Get-Command $javac -ErrorAction SilentlyContinue)) {
		Fail "no JDK here ($javac is missing): install JDK 17 or newer, or set JAVA_HOME to its folder"
	}

	$installed = Get-Command mvn.cmd -ErrorAction SilentlyContinue | Select-Object -First 1
	if ($installed) {
		$version = & $installed.Source --version | Out-String
		if ($version -match 'Apache Maven (\d+\.\d+\.\d+)' -and [version]$Matches[1] -ge [version]$property.minimumVersion) {
			$installed.Source
			exit 0
		}
	}

	$url = $property.distributionUrl
	$sum = $property.distributionSha512Sum
	$name = ($url -split '/')[-1] -replace '-bin\.zip$', ''
	$dists = Join-Path $HOME '.m2\wrapper\dists'
	$maven = Join-Path $dists ($name + '-' + $sum.Substring(0, 12))
	if ($env:MVNW_DISTRIBUTION_URL) { $url = $env:MVNW_DISTRIBUTION_URL }

	if (-not (Test-Path -LiteralPath $maven)) {
		$new = Join-Path $dists ('.new.' + [guid]::NewGuid())
		New-Item -ItemType Directory -Path $new | Out-Null
		try {
			[Console]::Error.WriteLine("mvnw: downloading $url")
			[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
			(New-Object Net.WebClient).DownloadFile($url, "$new\maven.zip")
			$actual = (Get-FileHash -Algorithm SHA512 -LiteralPath "$new\maven.zip").Hash.ToLower()
			if ($actual -ne $sum) { Fail "refusing ${url}: its SHA-512 is $actual, not the $sum that $wrapper names" }
			Expand-Archive -LiteralPath "$new\maven.zip" -DestinationPath $new
			# If another run was faster, its folder is complete, and this copy is removed.
			try { [IO.Directory]::Move("$new\$name", $maven) } catch { if (-not (Test-Path -LiteralPath $maven)) { throw } }
		}
		finally {
			Remove-Item -Recurse -Force -LiteralPath $new
		}
	}
	"$maven\bin\mvn.cmd"
}
catch {
	Fail $_.Exception.Message
}
