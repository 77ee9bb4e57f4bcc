using System.Management.Automation;

namespace NatsKeys.HelpGenerator;

/// <summary>
/// Creates the files that <c>Get-Help</c> reads, from the pages in <c>docs/cmdlets</c> and the module's library. If the project's address is given,
/// <c>Get-Help -Online</c> opens the page there. With <c>--syntax</c>, it writes the syntax of the cmdlets into the pages.
/// </summary>
internal static class Program
{
    private const string SyntaxOption = "--syntax";

    private static int Main(string[] args)
    {
        if (args.Length is not (2 or 3) || (args[0] == SyntaxOption && args.Length != 2))
        {
            Console.Error.WriteLine(
                $"Usage: NatsKeys.HelpGenerator NatsKeys.dll FOLDER [ADDRESS]\n       NatsKeys.HelpGenerator {SyntaxOption} NatsKeys.dll");
            return 2;
        }

        // PowerShell reads this variable once, when its telemetry type is first used, so it is set before anything else.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        try
        {
            if (args[0] == SyntaxOption)
            {
                WriteSyntax(args[1]);
            }
            else
            {
                Write(args[0], args[1], args.ElementAtOrDefault(2));
            }

            return 0;
        }
        catch (HelpPageException error)
        {
            // The format of a compiler error, so that the build shows the page.
            Console.Error.WriteLine($"{error.Page}: error NATSHELP: {error.Message}");
            return 1;
        }
    }

    private static void WriteSyntax(string library)
    {
        using var module = new ModuleLibrary(library);
        foreach (CmdletInfo command in module.Commands.IntersectBy(HelpPage.Names, command => command.Name))
        {
            HelpPage.WriteSyntax(command.Name, SyntaxText.Of(command));
        }
    }

    private static void Write(string library, string folder, string? address)
    {
        using var module = new ModuleLibrary(library);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, Path.GetFileName(library) + "-Help.xml"),
            MamlDocument.Write(module.Commands.IntersectBy(HelpPage.Names, command => command.Name)
                .Select(command => (command, HelpPage.Read(command.Name))), address));

        foreach (string name in AboutPage.Names)
        {
            AboutPage page = AboutPage.Read(name);
            if (name == ErrorTable.Page)
            {
                page.Add(ErrorTable.Heading, ErrorTable.Make(module));
            }

            string text = AboutText.Write(page);
            File.WriteAllText(Path.Combine(folder, AboutText.FileNameOf(name)), text);
            if (name == AboutPage.Prefix + Path.GetFileNameWithoutExtension(library))
            {
                // PowerShell searches for this file first, so the name of the module alone opens its topic.
                File.WriteAllText(Path.Combine(folder, AboutText.FileNameOf(name[AboutPage.Prefix.Length..])), text);
            }
        }
    }
}
