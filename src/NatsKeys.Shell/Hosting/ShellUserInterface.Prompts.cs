using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace NatsKeys.Shell.Hosting;

/// <content>The questions. Without somebody to answer they are errors, for a script that waits for a key nobody presses is worse.</content>
internal sealed partial class ShellUserInterface
{
    /// <inheritdoc/>
    public override string ReadLine()
    {
        DemandPrompt("read a line");
        return terminal.ReadLine() ?? throw new PipelineStoppedException();
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        DemandPrompt("read a secret");
        return terminal.ReadSecret();
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        DemandPrompt($"ask for {string.Join(", ", descriptions.Select(field => field.Name))}");
        Introduce(caption, message);

        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
        {
            answers[field.Name] = PSObject.AsPSObject(Ask(field));
        }

        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        DemandPrompt($"ask '{(string.IsNullOrEmpty(message) ? caption : message)}'");
        Introduce(caption, message);

        var labels = choices.Select(choice => new ChoiceLabel(choice)).ToList();
        string question = string.Join("  ", labels.Select((label, i) => label.Display(isDefault: i == defaultChoice)));
        while (true)
        {
            Write($"{question}  [?] Help: ");
            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            int chosen = labels.FindIndex(label => label.IsMeantBy(answer));
            if (chosen >= 0)
            {
                return chosen;
            }

            if (answer == "?")
            {
                labels.ForEach(label => WriteLine(label.Help));
            }
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        DemandPrompt("ask for a credential");
        Introduce(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private object? Ask(FieldDescription field)
    {
        Type? type = Type.GetType(field.ParameterAssemblyFullName);
        if (type is { IsArray: true })
        {
            return AskForMany(field.Name);
        }

        Write($"{field.Name}: ");
        return type == typeof(SecureString) ? ReadLineAsSecureString() : ReadLine();
    }

    private string[] AskForMany(string name)
    {
        var answers = new List<string>();
        while (true)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{name}[{answers.Count}]: "));
            string answer = ReadLine();
            if (answer.Length == 0)
            {
                return [.. answers];
            }

            answers.Add(answer);
        }
    }

    private void Introduce(string caption, string message)
    {
        foreach (string text in new[] { caption, message }.Where(text => !string.IsNullOrEmpty(text)))
        {
            WriteLine(text);
        }
    }

    private void DemandPrompt(string what)
    {
        if (!terminal.CanPrompt)
        {
            throw new HostException(
                $"The shell cannot {what}: its input is redirected.", innerException: null, "InputRedirected", ErrorCategory.ResourceUnavailable);
        }
    }
}
