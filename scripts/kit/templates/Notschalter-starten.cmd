@echo off
rem Starts Notschalter on Windows. Plain ASCII on purpose: cmd reads it before the code page is set.
chcp 65001 >nul
title Notschalter
rem Folders and files that are named with a command are named from here.
set "INIT_CWD=%CD%"
pushd "%~dp0"
if exist "laufzeit\windows-x64\node.exe" goto run
echo.
echo   Hier fehlt der Rest des Ordners. Bitte zuerst die ganze ZIP-Datei entpacken
echo   (Rechtsklick, "Alle extrahieren ...") und dann im neuen Ordner starten.
echo.
pause
exit /b 1
:run
"laufzeit\windows-x64\node.exe" --disable-warning=ExperimentalWarning --max-old-space-size=1024 "app\scripts\kit\start.js" %*
set RESULT=%ERRORLEVEL%
popd
if "%~1"=="" pause
exit /b %RESULT%
