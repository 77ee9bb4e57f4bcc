# The bare engine, without the Utility and Management modules, must be able to run this: no Add-Type, Join-Path and the like.
# Each kind of operation that is new to the process costs a millisecond or more, so there are few.

# An import that did not work is no import.
$ErrorActionPreference = 'Stop'

$folder = "$PSScriptRoot/bin"
try {
    $loader = [System.Reflection.Assembly]::LoadFrom("$folder/NatsKeys.Loader.dll")
}
catch [System.IO.FileLoadException] {
    # A process holds one assembly of a name. The loader itself reports the case where only the assemblies behind it differ.
    throw "This process already runs another build of NatsKeys. Start a new PowerShell process to use the one in '$PSScriptRoot'."
}

$context = $loader.GetType('NatsKeys.Loader.ModuleLoadContext')::Open($folder)

# Removing this module leaves its assemblies behind in the engine's table of modules. Import-Module would find them there when this runs
# again (-Force, or Remove-Module and a new import), import nothing and so export nothing. Out of the table, they are imported anew.
if ($context.IsReopened) {
    $leftBehind = (Get-Module -All).Where({ $_.Path -in $context.ModuleAssemblies.Location })
    if ($leftBehind) {
        Remove-Module -ModuleInfo $leftBehind
    }
}

# The libraries have no cmdlets. The engine resolves [NatsKeys.*] to its types once it knows the assembly.
Import-Module -Assembly $context.ModuleAssemblies
