using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Sets JetStream limits of an account: for all streams together, or for those of one tier.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.JetStreamLimit, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class SetNatsJetStreamLimitCommand : EditItemCmdlet<NatsJetStreamLimit>, IDynamicParameters
{
    private TierParameters given = new();
    private bool? maxBytesRequired;

    /// <inheritdoc/>
    public override AccountArgument? Account
    {
        get => given.Account;
        set => given.Account = value;
    }

    private string[]? Tier => given.Tier;

    /// <summary>Memory, such as <c>512MiB</c>; 0 turns it off.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxMemory { get; set; }

    /// <summary>Disk, such as <c>10GiB</c>; 0 turns it off.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxDisk { get; set; }

    /// <summary>The number of streams.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxStreams { get; set; }

    /// <summary>The number of consumers.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxConsumers { get; set; }

    /// <summary>The number of unacknowledged messages of a consumer.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxAckPending { get; set; }

    /// <summary>The size of one stream in memory.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxMemoryStream { get; set; }

    /// <summary>The size of one stream on disk.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxDiskStream { get; set; }

    /// <summary>Requires every stream to have a maximum size.</summary>
    [Parameter]
    public SwitchParameter MaxBytesRequired
    {
        get => maxBytesRequired ?? false;
        set => maxBytesRequired = value;
    }

    /// <summary>Turns JetStream on if it is off. Memory and disk are unlimited unless limits are specified.</summary>
    [Parameter]
    public SwitchParameter Enable { get; set; }

    /// <summary>Gets the parameters for the account and the tiers. Without piped input, the account has the first position.</summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput ? new PipedTierParameters() : new TierParameters();

    private protected override string? TextParameter => nameof(Tier);

    private protected override string? MeantBy(string text) => TierNames.MeantBy(text);

    private protected override IEnumerable<NatsJetStreamLimit> Items(NatsAccount account) => account.GetJetStreamLimits();

    private protected override void ProcessItem()
    {
        if (InputObject is null && Tier is not null)
        {
            Each(Tier, tier => Set(TierNames.Complete(tier)));
        }
        else if (RowText is { } text)
        {
            RequireColumns();
            Set(TierNames.Complete(text));
        }
        else
        {
            Set(TierNames.Complete(InputObject is null ? TypedOrCell(nameof(Tier), null) : InputObject.Tier));
        }
    }

    private void Set(string? tier) => Edit(
        ResolveAccount(),
        $"Set JetStream limits{TierNames.Show(tier)} and sign again",
        account => Apply(account.JetStreamLimitsFor(tier)));

    private void Apply(JetStreamLimits limits)
    {
        bool unlimited = Enable && !limits.IsEnabled;
        limits.MemStorage = MaxMemory?.Value ?? (unlimited ? LimitParser.Unlimited : limits.MemStorage);
        limits.DiskStorage = MaxDisk?.Value ?? (unlimited ? LimitParser.Unlimited : limits.DiskStorage);
        limits.Streams = MaxStreams?.Value ?? limits.Streams;
        limits.Consumer = MaxConsumers?.Value ?? limits.Consumer;
        limits.MaxAckPending = MaxAckPending?.Value ?? limits.MaxAckPending;
        limits.MemMaxStreamBytes = MaxMemoryStream?.Value ?? limits.MemMaxStreamBytes;
        limits.DiskMaxStreamBytes = MaxDiskStream?.Value ?? limits.DiskMaxStreamBytes;
        limits.MaxBytesRequired = maxBytesRequired ?? limits.MaxBytesRequired;
        if (!limits.IsEnabled)
        {
            throw new AdvisedException(
                ErrorCode.InvalidLimit,
                "Without memory and disk, JetStream is off. Specify -MaxMemory, -MaxDisk or -Enable. Remove-NatsJetStreamLimit turns it off.");
        }
    }
}
