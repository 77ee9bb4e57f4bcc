using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that make or open stores: a store may be in a bucket, whose servers and user are named.</summary>
public abstract class BucketCmdlet : NatsCmdlet
{
    private protected const string InBucket = "Bucket";

    /// <summary>The name of the key-value bucket that is the store.</summary>
    [Parameter(ParameterSetName = InBucket, Mandatory = true, HelpMessage = "The name of the bucket.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Bucket { get; set; } = "";

    /// <summary>Addresses of servers of the cluster that keeps the bucket. They must be of version 2.12 or newer.</summary>
    [Parameter(ParameterSetName = InBucket, Mandatory = true, HelpMessage = "The addresses of servers, such as nats://host:4222.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Server { get; set; } = [];

    /// <summary>The credentials of a user that may use the bucket. Without it: those that <c>NATSKEYS_CREDENTIAL</c> names.</summary>
    [Parameter(ParameterSetName = InBucket)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public CredentialArgument? Credential { get; set; }

    /// <summary>A PEM file with the certificate authorities by which the servers are trusted.</summary>
    [Parameter(ParameterSetName = InBucket)]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>The bucket that the parameters name, and the user that may use it.</summary>
    private protected BucketAccess Access() => new(this, Bucket, Server, Credential, CertificateAuthority);
}
