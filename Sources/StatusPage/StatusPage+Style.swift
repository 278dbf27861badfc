extension StatusPage {
  /// The page's style sheet.
  ///
  /// Texts have a contrast of at least 4.5 to 1 in both schemes.
  static let style = """
    :root{--ground:#f3f3ef;--panel:#fbfbf9;--line:#dddcd5;--faint:#e9e8e2;--ink:#20262a;\
    --quiet:#5d6468;--main:#2d6670;--second:#9a5f1e;--good:#32684a;--fair:#855708;--bad:#a03a2c}
    @media (prefers-color-scheme:dark){:root{--ground:#131719;--panel:#191e20;--line:#2d3437;\
    --faint:#22292b;--ink:#dfe3e1;--quiet:#98a1a3;--main:#77b7bf;--second:#d3a264;--good:#84bd97;\
    --fair:#d8ae5c;--bad:#e2897b}}
    *{box-sizing:border-box}
    [hidden]{display:none!important}
    html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:76rem;padding:1.5rem 1.5rem 4rem;background:var(--ground);\
    color:var(--ink);font:.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",\
    "Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
    h1,h2,h3,p,dl,dd,ol,figure{margin:0;padding:0}
    h1{font-size:1.125rem;font-weight:650;letter-spacing:-.005em}
    h2{font-size:.8125rem;font-weight:650;margin:2.25rem 0 .75rem}
    h2 small,dt,.x,.y,thead th{color:var(--quiet);font-size:.8125rem;font-weight:400}
    h2 small{margin-left:.5rem}
    h3{font-size:.8125rem;font-weight:600;margin-right:auto}
    bdi{display:block;overflow-wrap:anywhere}
    header{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1rem}
    .name{display:flex;align-items:center;gap:.625rem;max-width:100%}
    .logo{flex:none;width:2.25rem;height:1.35rem;fill:none;stroke:var(--quiet);stroke-width:1.6}
    .logo path{stroke:var(--main);stroke-width:3;stroke-linecap:round}
    .version{color:var(--quiet);min-width:0;overflow-wrap:anywhere}
    .verdict{margin-left:auto;display:flex;align-items:center;gap:.5rem;font-weight:600}
    .verdict::before,.state::before{content:"";flex:none;width:.5625rem;height:.5625rem;\
    border-radius:50%;background:currentColor}
    [data-state=good]::before{color:var(--good)}[data-state=fair]::before{color:var(--fair)}\
    [data-state=bad]::before{color:var(--bad)}
    .facts{flex-basis:100%;display:flex;flex-wrap:wrap;gap:.25rem 2rem;padding-top:.75rem;\
    border-top:1px solid var(--line)}
    .facts div{display:flex;gap:.5rem;max-width:100%}
    .facts dd,.head{min-width:0}
    .facts dt,.facts dd{font-size:.8125rem;line-height:1.6}
    .facts dd{overflow-wrap:anywhere}
    #link:not(:empty){color:var(--bad);margin-left:.5rem}
    .figures,figure,table,#error-rows{background:var(--panel);border:1px solid var(--line);\
    border-radius:.5rem}
    .figures{display:grid;grid-template-columns:repeat(6,1fr);overflow:hidden}
    .figures div{padding:.875rem 1rem;box-shadow:-1px -1px 0 var(--line)}
    .figures dd{font-size:1.625rem;line-height:1.35;font-weight:500;letter-spacing:-.02em;\
    white-space:nowrap}
    .figures dd small{font-size:.8125rem;font-weight:400;letter-spacing:0;color:var(--quiet)}
    .figures .detail{font-size:.8125rem;font-weight:400;letter-spacing:0;color:var(--quiet)}
    .plots{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
    figure{padding:.875rem 1rem .75rem;min-width:0;display:flex;flex-direction:column}
    figcaption{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin-bottom:.75rem}
    .key{font-size:.8125rem;color:var(--quiet)}
    .key::before{content:"";display:inline-block;width:.625rem;height:.625rem;border-radius:.125rem;\
    background:var(--ink-of);margin-right:.375rem}
    .key b{display:inline-block;min-width:3.2em;font-weight:500;color:var(--ink)}
    .frame{display:flex;gap:.5rem;height:9.5rem}
    .frame.half{height:4.125rem}
    .frame.half + .frame.half{margin-top:1.25rem}
    .y{display:flex;flex-direction:column;justify-content:space-between;width:3.25rem;flex:none;\
    text-align:right;line-height:1;margin:-.4rem 0;font-size:.75rem}
    .frame svg{flex:1;min-width:0;height:100%;overflow:visible}
    .frame path{vector-effect:non-scaling-stroke}
    .grid{stroke:var(--faint);stroke-width:1;fill:none;shape-rendering:crispEdges}
    .cursor{stroke:var(--quiet);stroke-width:1;fill:none}
    .bars{fill:var(--ink-of)}
    .line{fill:none;stroke:var(--ink-of);stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
    .area{fill:var(--ink-of);fill-opacity:.2;stroke:var(--ink-of);stroke-width:1}
    .calls,.p50,.streams,.output{--ink-of:var(--main)}.p99,.input{--ink-of:var(--second)}\
    .failures{--ink-of:var(--bad)}
    .bars.calls,.bars.output,.bars.input{fill-opacity:.75}
    .x{position:relative;height:1.125rem;margin:.375rem 0 0 3.75rem;font-size:.75rem;line-height:1.5}
    .x span{position:absolute}
    .x :nth-child(2){left:33.33%;transform:translateX(-50%)}
    .x :nth-child(3){left:66.67%;transform:translateX(-50%)}
    .x :last-child{right:0}
    table{width:100%;border-collapse:separate;border-spacing:0}
    th,td{padding:.625rem 1rem;text-align:left;vertical-align:top;font-weight:400}
    tbody th,tbody td{border-top:1px solid var(--line)}
    tbody th bdi:first-child{font-weight:550}
    .model,.note,.place{color:var(--quiet);font-size:.8125rem}
    .place{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;\
    font-size:.75rem}
    .state{display:flex;align-items:baseline;gap:.5rem}
    .open::before{color:var(--good)}.cooling::before,.busy::before{color:var(--fair)}\
    .unusable::before{color:var(--bad)}
    .cooling::before,.unusable::before{background:none;box-shadow:inset 0 0 0 .15rem currentColor}
    td.share{white-space:nowrap}
    td.share svg{width:7rem;height:.25rem;margin-right:.5rem;vertical-align:middle}
    .track{fill:var(--line)}.part{fill:var(--main)}
    .number{text-align:right;white-space:nowrap}
    .some,.code{color:var(--bad)}
    #error-rows{list-style:none}
    #error-rows:empty{display:none}
    #error-rows li{display:grid;grid-template-columns:14rem 1fr;gap:.25rem 1.5rem;\
    padding:.75rem 1rem}
    #error-rows li + li{border-top:1px solid var(--line)}
    .count::before{content:"· ";margin-left:.3rem}
    .head time,.head .where,.count{font-size:.8125rem;color:var(--quiet)}
    .code{font-weight:550}
    .what{min-width:0}
    .what bdi + bdi{margin-top:.125rem}
    .advice::before{content:"→ ";color:var(--quiet)}
    .none{color:var(--quiet)}
    @media (max-width:68rem){.figures{grid-template-columns:repeat(3,1fr)}}
    @media (max-width:46rem){body{padding:1rem 1rem 3rem}.plots{grid-template-columns:1fr}\
    .figures{grid-template-columns:1fr 1fr}.figures dd{font-size:1.375rem}.verdict{margin-left:0;\
    flex-basis:100%}.share,thead{display:none}\
    tr{display:grid;grid-template-columns:1fr auto auto;padding:.625rem 1rem;gap:.125rem 1rem}\
    tr + tr{border-top:1px solid var(--line)}tbody th,tbody td{display:block;padding:0;border:0}\
    .how{grid-area:2/1/3/-1}.number::after{color:var(--quiet);font-size:.8125rem}\
    .number.calls::after{content:" requests"}.number.failures::after{content:" errors"}\
    #error-rows li{grid-template-columns:1fr}.facts{gap:.125rem 1.5rem}}
    @media (prefers-reduced-motion:no-preference){.state::before,.verdict::before{\
    transition:color .4s}}
    @media print{body{background:none}}
    """
}
