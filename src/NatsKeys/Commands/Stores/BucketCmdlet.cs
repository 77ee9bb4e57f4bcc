using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that create or open stores. A store may be in a bucket, for which servers and credentials are specified.
/// </summary>
public abstract class BucketCmdlet : NatsCmdlet
{
    private protected const string InBucket = "Bucket";

    /// <summary>The name of the key-value bucket that is the store.</summary>
    [Parameter(ParameterSetName = InBucket, Mandatory = true, HelpMessage = "The name of the bucket.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Bucket { get; set; } = "";

    /// <summary>Addresses of servers of the cluster that stores the bucket. They must have version 2.12 or newer.</summary>
    [Parameter(ParameterSetName = InBucket, Mandatory = true, HelpMessage = "The addresses of servers, such as nats://host:4222.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Server { get; set; } = [];

    /// <summary>The credentials of a user that may use the bucket. Without it: those that <c>NATSKEYS_CREDENTIAL</c> names.</summary>
    [Parameter(ParameterSetName = InBucket)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public CredentialArgument? Credential { get; set; }

    /// <summary>A PEM file with the certificate authorities that are trusted to certify the servers.</summary>
    [Parameter(ParameterSetName = InBucket)]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>Returns the specified bucket, with the user that may access it.</summary>
    private protected BucketConnection Access() => new(this, Bucket, Server, Credential, CertificateAuthority);
}
