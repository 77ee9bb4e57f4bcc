using System.Globalization;
using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Creates a key pair. It is not stored before an entity is created with it.</summary>
[Cmdlet(VerbsCommon.New, Nouns.KeyPair, SupportsShouldProcess = true, DefaultParameterSetName = AtRandom)]
[OutputType(typeof(NatsKeyPair))]
public sealed class NewNatsKeyPairCommand : NatsCmdlet
{
    private const string AtRandom = "Random";
    private const string WithPrefix = "Prefix";
    private const string FromEntropy = "Entropy";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    // The longest time of a .NET timer.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 2);

    /// <summary>The type of the key.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The type of the key.")]
    [NoSeed]
    public NatsKeyType Type { get; set; }

    /// <summary>The text with which the public key begins, after its type letter. Each character makes the search 32 times longer.</summary>
    [Parameter(ParameterSetName = WithPrefix, Mandatory = true, HelpMessage = "The text with which the public key begins after its type letter.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Prefix { get; set; } = "";

    /// <summary>The maximum time of the search; unlimited by default.</summary>
    [Parameter(ParameterSetName = WithPrefix)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? Timeout { get; set; }

    /// <summary>32 bytes of external randomness, or a stream that returns them. They become the seed.</summary>
    [Parameter(ParameterSetName = FromEntropy, Mandatory = true, HelpMessage = "32 bytes of randomness, or a stream that returns them.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? Entropy { get; set; }

    private protected override object CurrentItem => Type;

    private protected override void ProcessItem()
    {
        // An invalid duration is an error under -WhatIf as well.
        TimeSpan? timeout = Timeout?.Duration;
        if (!ShouldProcess($"key of type {Type.ToString().ToLowerInvariant()}", "Generate"))
        {
            return;
        }

        WriteObject(ParameterSetName switch
        {
            WithPrefix => Search(timeout),
            FromEntropy => NatsKeyPair.FromRawSeed(Type, EntropyInput.Bytes(Entropy!)),
            _ => NatsKeyPair.Generate(Type),
        });
    }

    private NatsKeyPair Search(TimeSpan? timeout)
    {
        var search = new VanitySearch(Type, Prefix);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
        if (timeout is { } patience)
        {
            stop.CancelAfter(patience > LongestTimer ? LongestTimer : patience);
        }

        Task<NatsKeyPair> running = Task.Run(() => search.Run(stop.Token));
        var progress = new ProgressRecord(1, $"Looking for a key that begins with {Prefix.ToUpperInvariant()}", "Searching");
        while (!Task.WaitAny([running], Tick).Equals(0))
        {
            // The search is random: the percentage is the probability that a key would have been found by now.
            progress.PercentComplete = (int)(100 * (1 - Math.Exp(-search.Tries / search.ExpectedTries)));
            progress.StatusDescription = string.Create(
                CultureInfo.InvariantCulture, $"{search.Tries:N0} keys tried, {search.ExpectedTries:N0} needed on average");
            WriteProgress(progress);
        }

        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
        try
        {
            return running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new AdvisedException(
                ErrorCode.KeyNotFound,
                $"No key that begins with '{Prefix}' was found among {search.Tries} within the timeout. Use a shorter prefix or a longer -Timeout.");
        }
    }
}
