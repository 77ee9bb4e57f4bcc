namespace NatsKeys.HelpGenerator;

/// <summary>Makes what <c>Get-Help</c> reads, of the pages in <c>src/NatsKeys/en-US/help</c> and the built library of the module.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length != 2)
        {
            Console.Error.WriteLine("Usage: NatsKeys.HelpGenerator NatsKeys.dll FOLDER");
            return 2;
        }

        // The engine reads this once, when its telemetry type is first touched: nothing of the engine may run before.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        try
        {
            Write(args[0], args[1]);
            return 0;
        }
        catch (HelpPageException error)
        {
            // As a compiler says it, so that the build shows the page.
            Console.Error.WriteLine($"{error.Page}: error NATSHELP: {error.Message}");
            return 1;
        }
    }

    private static void Write(string library, string folder)
    {
        using var module = new ModuleLibrary(library);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, Path.GetFileName(library) + "-Help.xml"),
            MamlDocument.Write(module.Commands.IntersectBy(HelpPage.Names, command => command.Name).Select(command => (command, HelpPage.Read(command.Name)))));

        foreach (string name in AboutPage.Names)
        {
            AboutPage page = AboutPage.Read(name);
            if (name == ErrorTable.Page)
            {
                page.Add(ErrorTable.Heading, ErrorTable.Make(module));
            }

            File.WriteAllText(Path.Combine(folder, AboutText.FileNameOf(name)), AboutText.Write(page));
        }
    }
}
