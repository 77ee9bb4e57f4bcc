using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Credentials;
using NatsKeys.Entities;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Connects as a user, and tells what the server makes of it. That it refuses the user is an answer, and no error.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Connection)]
[OutputType(typeof(ConnectionReport))]
public sealed class TestNatsConnectionCommand : ConnectionCmdlet
{
    /// <summary>The credentials: an object, a file, or a user of the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("User")]
    [ValidateNotNull]
    public CredentialArgument? Credential { get; set; }

    private protected override object? CurrentItem => Credential;

    private protected override void ProcessItem()
    {
        using NatsCredential credential = Credential!.Open(FullPath, KeysOf);
        ServerOptions options = Options(Server is null ? OwnerOf(credential) : null);
        WriteObject(Wait(() => ConnectionTest.RunAsync(options, credential, Stopped)));
    }

    // The store is asked where there is one: credentials and -Server do without it.
    private protected override bool Reads => false;

    /// <summary>The operator of the user, as far as the store knows it.</summary>
    private NatsOperator? OwnerOf(NatsCredential credential)
    {
        if (Credential!.User is { } user)
        {
            return user.Store.FindOperator(user.Operator);
        }

        NatsStore store = OpenStore();
        return store.Names().Where(name => store.FindAccountByKey(name, credential.IssuerAccount ?? "") is not null).Select(name => store.FindOperator(name)).FirstOrDefault();
    }
}
